using System.Text.Json;
using Crm.Plant.Balances;
using Crm.Plant.Purity;
using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>
/// <c>batch.json</c>: the facts of a batch for programs. Keys in a fixed order, units in the keys, six significant digits, null where
/// something is not known; nothing in it depends on when, where or by whom it was written.
/// </summary>
public static class BatchJson
{
    public const int Schema = 1;

    public static byte[] Write(BatchRecord record) => JsonFile.Write(Schema, json =>
    {
        Identity(json, record);
        Purity(json, record.Result.Purity);
        Recovery(json, record);
        Closure(json, record.Result);
        Water(json, record.Result.Water);
        Consumption(json, record.Result);
        Lots(json, record.Result);
        Drawn(json, record.Result);
        BatchJsonCourse.Write(json, record);
        Truth(json, record.Truth);
    });

    private static void Identity(Utf8JsonWriter json, BatchRecord record)
    {
        json.WriteString("batch", record.Id);
        json.WriteString("software", record.Software);
        json.WriteBoolean("simulated", record.Simulated);
        if (record.Seed is { } seed) json.WriteNumber("seed", seed);
        else json.WriteNull("seed");
        json.Object("outcome", () =>
        {
            json.WriteString("state", record.Outcome.ToString());
            json.WriteString("text", record.OutcomeText);
            json.Figure("duration_s", record.Duration.TotalSeconds);
            json.WriteBoolean("in_specification", record.Result.Purity.InSpecification);
            json.WriteBoolean("balances_closed", record.Result.BalancesClosed);
        });
        json.Object("recipe", () =>
        {
            json.WriteString("id", record.Recipe.Id);
            json.WriteString("version", record.Recipe.Version);
            json.WriteString("title", record.Recipe.Title);
            if (record.Recipe.ProcedureOf.Length > 0) json.WriteString("procedure_of", record.Recipe.ProcedureOf);
            if (record.Recipe.State.Length > 0) json.WriteString("state", record.Recipe.State);
            json.WriteString("sha256", record.Recipe.ContentHash);
            json.Array("formula", record.Formula, p => json.Object(null, () =>
            {
                json.WriteString("name", p.Name);
                json.Figure("value", p.Value);
                json.WriteString("unit", p.Unit);
            }));
        });
        json.Object("rig", () =>
        {
            json.WriteString("name", record.Rig.Name);
            json.WriteString("version", record.Rig.Version);
            json.WriteString("sha256", record.Rig.ContentHash);
            json.WriteString("twin_sha256", record.Rig.TwinContentHash);
            json.WriteString("protection_sha256", record.Rig.ProtectionChecksum);
            if (!record.Rig.TwinChanges.IsEmpty) json.Array("twin_changes", record.Rig.TwinChanges, json.Change);
        });
        json.Object("product", () =>
        {
            json.WriteString("name", record.Product.Name);
            json.WriteString("formula", record.Product.Formula);
            json.Measured("mass_kg", record.Result.ProductMass);
        });
    }

    private static void Purity(Utf8JsonWriter json, PurityResult purity) => json.Object("purity", () =>
    {
        json.WriteString("specification", purity.Specification);
        json.WriteString("version", purity.Version);
        json.WriteString("verdict", purity.Verdict.ToString());
        json.WriteBoolean("in_specification", purity.InSpecification);
        json.Array("limits", purity.Limits, line => json.Object(null, () =>
        {
            json.WriteString("analyte", line.Limit.Analyte);
            json.WriteString("unit", line.Limit.Unit);
            json.Figure("at_least", line.Limit.Least);
            json.Figure("at_most", line.Limit.Most);
            json.Measured("found", line.Found);
            json.WriteString("verdict", line.Verdict.ToString());
            json.WriteBoolean("within_limit", line.WithinLimit);
        }));
    });

    private static void Recovery(Utf8JsonWriter json, BatchRecord record) => json.Object("recovery", () =>
    {
        json.WriteString("main_element", record.Result.MainElement);
        json.Measured("main", record.Result.MainRecovery);
        json.Figure("asked_for", record.Product.LeastRecovery);
        json.Object("elements", () =>
        {
            foreach (var element in record.Result.Recovery)
            {
                json.Object(element.Element, () =>
                {
                    json.Measured("product", element.InProduct);
                    json.Object("lots", () =>
                    {
                        foreach (var share in element.ByLot) json.Measured(share.Lot, share.Fraction);
                    });
                });
            }
        });
        json.Array("annex_xii_indicative", record.Result.Targets, target => json.Object(null, () =>
        {
            json.WriteString("element", target.Element);
            json.Measured("recovered", target.Recovered);
            json.Figure("least_2027", target.Least2027);
            json.WriteBoolean("meets_2027", target.Meets2027);
            json.Figure("least_2031", target.Least2031);
            json.WriteBoolean("meets_2031", target.Meets2031);
        }));
    });

    private static void Closure(Utf8JsonWriter json, BatchResult result) => json.Object("closure", () =>
    {
        json.Figure("allowance", result.Allowance.Closure);
        json.Figure("allowance_kg", result.Allowance.LeastGap);
        json.WriteBoolean("closed", result.BalancesClosed);
        json.Object("elements", () =>
        {
            foreach (var element in result.Elements)
            {
                json.Object(element.Element, () =>
                {
                    json.Measured("from_lots_kg", element.FromLots);
                    json.Measured("from_reagents_kg", element.FromReagents);
                    json.Measured("in_kg", element.In);
                    json.Measured("out_kg", element.Out);
                    json.Measured("closure", element.Closure);
                    json.WriteString("verdict", element.Verdict.ToString());
                    json.Array("not_analysed", element.NotAnalysed, json.WriteStringValue);
                });
            }
        });
    });

    private static void Water(Utf8JsonWriter json, WaterBalance water) => json.Object("water", () =>
    {
        json.Figure("fresh_l", water.Fresh);
        json.Figure("in_feed_l", water.InFeed);
        json.Figure("opening_l", water.Opening);
        json.Figure("returned_l", water.Returned);
        json.Figure("in_wet_solids_l", water.InWetSolids);
        json.Figure("crystal_l", water.Crystal);
        json.Figure("evaporation_l", water.Evaporation);
        json.Figure("discharge_l", water.Discharge);
        json.Figure("in_liquor_lots_l", water.InLiquorLots);
        json.Figure("holdup_change_l", water.HoldupChange);
        json.Figure("recycle_rate_of_use", water.RecycleRateOfUse);
        json.Figure("recycled_over_withdrawal", water.RecycledOverWithdrawal);
        json.Figure("specific_fresh_water_l_per_kg", water.SpecificFreshWater);
        json.Figure("drawn_l", water.Drawn);
        json.Figure("specific_drawn_water_l_per_kg", water.SpecificDrawn);
        json.Figure("unaccounted_l", water.Unaccounted);
        json.Figure("unaccounted_uncertainty_l", water.UnaccountedUncertainty);
        json.Figure("closure_error", water.ClosureError);
        json.Figure("closure_uncertainty", water.ClosureUncertainty);
    });

    private static void Consumption(Utf8JsonWriter json, BatchResult result)
    {
        json.Array("reagents", result.Reagents, use => json.Object(null, () =>
        {
            json.WriteString("reagent", use.Reagent);
            json.WriteString("species", use.Species);
            json.Measured("mass_kg", use.Mass);
            json.Figure("pure_kg", use.PureMass);
            json.WriteNumber("doses", use.Doses);
        }));
        json.Object("energy", () =>
        {
            foreach (var use in result.Energy) json.Figure(use.Name + "_kwh", use.Energy);
        });
    }

    private static void Lots(Utf8JsonWriter json, BatchResult result) => json.Array("lots", result.Lots, lot => json.Object(null, () =>
    {
        json.WriteString("id", lot.Id);
        json.WriteString("material", lot.Material);
        json.WriteString("kind", lot.Kind.ToString());
        json.WriteString("side", lot.Side.ToString());
        json.Measured("mass_kg", lot.Mass);
        json.Object("mass_fraction", () =>
        {
            foreach (var (analyte, fraction) in lot.MassFractions) json.Measured(analyte, fraction);
        });
        json.WriteString("made_from", string.Join(' ', lot.MadeFrom));
    }));

    private static void Drawn(Utf8JsonWriter json, BatchResult result) => json.Array("drawn", result.Drawn, lot => json.Object(null, () =>
    {
        json.WriteString("lot", lot.Lot);
        json.WriteString("material", lot.Material);
        json.Measured("mass_kg", lot.Mass);
        json.WriteString("into", string.Join(' ', lot.Into));
    }));

    private static void Truth(Utf8JsonWriter json, TwinTruth? truth)
    {
        if (truth is null)
        {
            json.WriteNull("truth");
            return;
        }

        json.Object("truth", () =>
        {
            foreach (var element in truth.Elements)
            {
                json.Object(element.Element, () =>
                {
                    json.Figure("initial_kg", element.Initial);
                    json.Figure("final_kg", element.Final);
                    json.Figure("relative_error", element.RelativeError);
                    json.Figure("in_product_kg", element.InProduct);
                });
            }

            if (truth.Heat is not { } heat) return;
            json.Object("heat", () =>
            {
                foreach (var (flow, joule) in heat.Flows) json.Figure(flow.ToLowerInvariant() + "_j", joule);
                json.Figure("held_more_j", heat.Held - heat.Initial);
                json.Figure("relative_error", heat.RelativeError);
            });
        });
    }
}
