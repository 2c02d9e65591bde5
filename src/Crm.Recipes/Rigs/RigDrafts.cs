using Crm.Plant.Outputs;
using Crm.Plant.Quantities;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>A unit while its file is being read: names first, then what refers to names.</summary>
internal sealed record UnitDraft(string Name, YamlScalar Key, Fields Fields, bool IsService, double? Gross, double? Working);

/// <summary>An output with its unit of measure resolved.</summary>
internal sealed record OutputDraft(OutputDefinition Definition, Unit Unit, string Owner);
