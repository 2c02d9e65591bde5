namespace Crm.Chemistry.Properties;

/// <summary>A row of <c>chemistry/*.csv</c> that cannot be right: the message names file and line, what is wrong and what to do.</summary>
public sealed class ChemistryDataException(string message) : Exception(message);
