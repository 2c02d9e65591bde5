using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;

namespace Crm.Twin;

/// <summary>The equipment models a twin file may name, with options, units and ranges.</summary>
public static class TwinCatalogue
{
    public static readonly ImmutableArray<EquipmentKind> Kinds =
    [
        new("stirred-vessel", "Agitated jacketed vessel: leach, neutralisation, crystalliser, carbonation, evaporator.",
            [
                Volume, Number("heater_power", "W", 0, 50e3, "electric heat into the jacket at 100 %"), Number("jacket_ua", "W/K", 0, 5000, "jacket to contents, half full"),
                Number("jacket_heat", "J/K", 1000, 1e6, "heat capacity of the jacket"), Number("vessel_heat", "J/K", 1000, 1e6, "heat capacity of the wall"),
                Number("loss_ua", "W/K", 0, 100, "contents to the hall"), Number("cooling_flow", "L/min", 0, 100, "coolant at 100 %"),
                Number("cooling_temperature", "degC", -30, 40, "own chiller; absent: plant cooling water"), Number("co2_flow", "L/min", 0, 100, "CO2 at 100 % valve"),
                Number("overpressure", "bar", 0, 10, "CO2 pressure above ambient"), Number("sweep", "L/min", 0, 1000, "gas that carries vapour off below boiling"),
                Number("purge", "L/min", 0, 100, "nitrogen through the vent"), Number("stirred_above", "rpm", 0, 1000, "speed that suspends solids"),
                Number("covered", "", 0, 1, "1: vented to the scrubber"),
                Number("reaction_rate", "", 0.01, 100, "leaching, cementation and peroxide reactions, relative to their constants; 1 when absent"),
                Number("crystal_rate", "", 0.01, 100, "crystals grow and dissolve, relative to their constants; 1 when absent"),
                Number("inclusion", "", 0, 50, "liquor that crystals close over, relative to its law; 1 when absent"),
                Number("solubility", "", 0.2, 5, "of every salt in the unit, relative to its table; 1 when absent"),
                Number("compression", "", 1, 5, "vapour of the boil compressed to so many times its pressure and condensed in the jacket; absent: no compressor"),
                Number("compressor_efficiency", "", 0.2, 1, "of the compressor, isentropic"), Named("compressor", "vapour-compressor that must turn for it; absent: always there"),
                Contents, ContentsAmount,
                Number("scaling", "", 0, 1000, "salts grow on a wall hotter or colder than the contents, relative to their law; 1 when absent"), Named("condensate", "unit that takes the condensate"), Source, FeedFlow,
            ],
            [.. StirredVessel.Roles, "*_scale", "*" + WorksBuilder.Feedback], ["agitator", "heater", "cooling", "*_valve", "*_pump"]),
        new("tank", "Unstirred tank, with overflow and make-up.",
            [Volume, Number("initial", "L", 0, 2000, "water at the start"), Named("overflow", "unit that takes the overflow"), Number("overflow_at", "L", 0, 2000, "level of the overflow"),
             Number("organic", "L", 0, 2000, "fresh organic at the start"), Number("amine", "", 0.01, 0.6, "its share of tri-n-octylamine by volume"), Number("modifier", "", 0, 0.4, "its share of isodecanol"),
             Extractant, Share, Contents, ContentsAmount,
             Number("makeup_flow", "L/h", 0, 5000, "fresh water at full opening"), LossTo("2 h")],
            [.. Tank.Roles], ["makeup_valve", "*_pump"]),
        new("filter", "Pressure filter with washing, air blow and divert valve.",
            [Volume, Number("area", "m2", 0.001, 100, "filter area"), Number("resistance", "", 0.1, 1e5, "specific cake resistance, 1e9 m/kg"), Number("medium", "", 0.1, 1e4, "cloth resistance, 1e9 per m"),
             Number("retention", "L/kg", 0, 10, "liquor held per kg of solids"), Number("blown", "", 0.05, 1, "share of it left after an air blow"), Number("wash_index", "", 0.2, 3, "n in 1-exp(-n R)"),
             Number("pressure", "bar", 0.1, 20, "highest pump pressure"), LossTo("1 h"), new("destinations", OptionKind.Names, "", 0, 0, true, "units by divert position")],
            [.. Filter.Roles], ["feed_pump", "wash_pump", "air_valve", "divert", "suction"]),
        new("resin-column", "Cartridge and resin bed with divert and drain: chelating resin in lithium form, or strong-base resin in sulfate form.",
            [Number("bed_volume", "L", 0.01, 100, "resin"), Number("capacity", "", 0.01, 10, "eq per L of resin"), Number("anion", "", 0, 1, "1: strong-base resin; 0: chelating resin"),
             Number("void", "", 0.02, 0.6, "L of liquor that a litre of bed holds between the passes"), Number("depth", "m", 0.05, 10, "of the bed"),
             Number("film_rate", "", 0.1, 1000, "exchange units per bed volume and hour; absent: by the Sherwood correlation"), Number("resistance", "", 0, 10, "bar per L/h of the clean bed"),
             Number("drain_flow", "L/h", 0, 5000, "at an open drain valve"), LossTo("1 h"), Named("drain", "unit that takes what is drained"), Named("outlet", "unit that takes the effluent"),
             new("destinations", OptionKind.Names, "", 0, 0, false, "units by divert position"), Source, FeedFlow],
            [.. ResinColumn.Roles], ["*_pump", "divert", "drain_valve"]),
        new("dryer", "Heated vacuum dryer.", [Volume, Number("heater_power", "W", 0, 50e3, "heat at 100 %"), Number("tray_heat", "J/K", 100, 1e6, "heat capacity of the trays"), Number("loss_ua", "W/K", 0, 100, "to the hall"), Number("contact_ua", "W/K", 0.1, 1000, "wall to product")],
            [.. Dryer.Roles], ["heater", "vacuum_pump"]),
        new("mixer-settler", "Counter-current mixer-settler train with an amine or an acidic extractant: extraction, scrub and strip stages.",
            [
                Number("stages", "", 1, 12, "extraction stages"), Number("scrub_stages", "", 0, 6, "scrub stages"), Number("strip_stages", "", 0, 6, "strip stages"),
                Number("mixer_volume", "L", 0.05, 100, "of one mixer"), Number("settler_volume", "L", 0.1, 500, "of one settler"), Number("settler_height", "m", 0.05, 2, "of one settler"),
                Number("weir_width", "m", 0.01, 5, "of the light and heavy weir"), Number("mixer_speed", "rpm", 10, 3000, "speed at which the mixers mix fully"),
                Number("film_rate", "", 0.1, 1000, "approach to equilibrium per minute in a full mixer"), Number("distribution", "", 0.1, 1000, "vanadium organic over aqueous at full free amine salt"),
                Number("germanium_distribution", "", 0.1, 1000, "germanium tartrate, the same"), Number("iron_distribution", "", 0, 100, "iron tartrate, the same"),
                Number("entrainment", "", 0, 10000, "ppm of the other phase at each overflow"), Number("flash_point", "degC", 20, 150, "of the organic"), LossTo("1 h"),
                Named("organic", "unit that takes the stripped organic"), Named("raffinate", "unit that takes the raffinate"), Named("raffinate_recycle", "unit that takes it on recycle"),
                Named("strip_product", "unit that takes the strip liquor"), Named("strip_recycle", "unit that takes it on recycle"),
                Extractant, Share, Number("modifier", "", 0, 0.4, "share of isodecanol in the organic it begins with"),
            ],
            [.. MixerSettler.Roles], ["mixer", "aqueous_pump", "organic_pump", "scrub_pump", "strip_pump", "base_pump", "divert", "ventilation"]),
        new("calciner", "Electric tray calciner with sweep air and its off-gas to the scrubber.",
            [Number("heater_power", "W", 0, 50e3, "heat at 100 %"), Number("wall_heat", "J/K", 1000, 1e6, "heat capacity of the muffle"), Number("tray_heat", "J/K", 100, 1e6, "of the trays"),
             Number("loss_ua", "W/K", 0, 100, "muffle to the hall"), Number("contact_ua", "W/K", 0.1, 1000, "muffle to product at 20 degC"), Number("sweep_flow", "L/min", 0, 1000, "sweep air at 100 %")],
            [.. Calciner.Roles, "*" + WorksBuilder.Feedback], ["heater", "sweep"]),
        new("reverse-osmosis", "Reverse osmosis skid.",
            [
                .. Skid, Number("water_permeability", "", 1e-13, 1e-10, "m/(s Pa)"), Number("salt_permeability", "", 1e-9, 1e-5, "m/s"), Number("polarisation", "", 1, 3, "concentration at the membrane over that of the bulk"),
            ],
            [.. ReverseOsmosis.Roles], ["feed_pump", "hp_pump", "concentrate_valve", "flush_valve"]),
        new("nanofiltration", "Nanofiltration skid: ions pass by their charge, the permeate is neutral.",
            [
                .. Skid, Number("water_permeability", "", 1e-13, 1e-9, "m/(s Pa)"), Number("polarisation", "", 1, 3, "concentration at the membrane over that of the bulk"),
                Number("single", "", 1e-4, 1, "passage of singly charged ions without potential"), Number("double", "", 1e-4, 1, "of doubly charged ones"), Number("triple", "", 1e-4, 1, "of triply charged ones"),
                Number("uncharged", "", 1e-4, 1, "of neutral species"), new(MembranePores.Exceptions, OptionKind.Map, "", 1e-4, 1, false, "passage of single species by name: {Li+: 0.95, SO4-2: 0.03}"),
            ],
            [.. ReverseOsmosis.Roles], ["feed_pump", "hp_pump", "concentrate_valve", "flush_valve"]),
        new("electrodialysis", "Bipolar membrane electrodialysis: stack, rectifier and electrode rinse.",
            [
                Number("triplets", "", 1, 500, "of membranes, in series"), Number("area", "m2", 0.001, 10, "of one membrane"), Number("resistance", "", 1e-4, 0.1, "ohm m2 of the three membranes of a triplet"),
                Number("gap", "m", 1e-5, 0.01, "thickness of a compartment times the shadow of its spacer"), Number("voltage", "V", 1, 2000, "highest of the rectifier"),
                Number("compartment", "L", 0.01, 100, "liquor of each kind in the stack"), Number("rinse", "L", 0.1, 100, "of the electrodes"), LossTo("30 min"),
                Named("brine", "unit that takes the brine back"), Named("acid", "unit that takes the acid"), Named("base", "unit that takes the base"),
            ],
            [.. Electrodialysis.Roles], ["rectifier", "brine_pump", "acid_pump", "base_pump", "ventilation"]),
        new("degasser", "Air stripping of CO2 from one tank.", [Named("tank", "tank it treats"), Number("air_flow", "m3/h", 0, 1000, "at 100 %")], [.. Degasser.Roles], ["blower"]),
        new("scrubber", "Extraction fan and scrubber: caustic, or acid against ammonia.", [Number("air_flow", "m3/h", 0, 5000, "at 100 %"), Number("acid", "", 0, 1000, "mol of sulfuric acid in the sump; absent: caustic"), Number("caustic", "", 0.1, 1000, "mol of caustic in it")], [.. Scrubber.Roles], ["fan"]),
        new("ventilation", "Hall ventilation.", [Number("air_flow", "m3/h", 0, 20000, "at 100 %")], [.. Ventilation.Roles], ["fan"]),
        new("nitrogen", "Nitrogen supply.", [Number("supply_pressure", "bar", 0, 20, "at rest"), Number("gas_flow", "L/min", 0, 1000, "sweep at 100 %")], [.. Nitrogen.Roles], ["valve"]),
        new("cooling-water", "Cooling-water circuit.", [Number("water_flow", "L/min", 0, 500, "at 100 %"), Number("temperature", "degC", 0, 40, "supply")], [.. CoolingWater.Roles], ["pump"]),
        new("electricity", "Energy meter of the rig.", [Number("standing", "W", 0, 1e5, "load of controls and lights")], [.. Electricity.Roles], []),
        new("vapour-compressor", "Compressor between a boiling vessel and its jacket: the machine alone.", [], [.. Compressor.Roles], ["motor"]),
        new("annunciator", "Lamps and horn of a panel.", [], [], ["horn", "*_lamp"]),
        new("gas-detection", "Gas detectors in the hood: hydrogen, HF, oxygen, CO2, ammonia, arsine, hydrogen chloride.", [], [.. GasDetection.Roles], []),
    ];

    /// <summary>What every membrane skid has.</summary>
    private static OptionDefinition[] Skid =>
    [
        Number("area", "m2", 0.01, 1000, "of membrane"), Number("recovery", "", 0.1, 0.95, "largest permeate share of a skid without concentrate valve"), Number("pressure", "bar", 1, 100, "pump pressure; a valve skid's relief opens a quarter above"),
        Number("valve_flow", "L/h", 0.1, 5000, "through the open concentrate valve at 1 bar"), Number("flush_flow", "L/h", 0, 5000, "permeate for the flush"),
        Named("permeate", "unit that takes it"), Named("concentrate", "unit that takes it"), Source, FeedFlow,
    ];

    private static OptionDefinition Extractant => new("extractant", OptionKind.Name, "", 0, 0, false, "acidic extractant in it, of chemistry/cation-exchange.csv; absent: tri-n-octylamine") { Choices = [.. CationExchanger.All.Select(e => e.Name)] };

    private static OptionDefinition Share => Number("extractant_share", "", 0.01, 0.6, "of the organic's volume");

    private static OptionDefinition Contents => Named("contents", "material that stands in it at the start");

    private static OptionDefinition ContentsAmount => Number("contents_amount", "L", 0, 2000, "how much of it");

    private static OptionDefinition Volume => Number("volume", "L", 0.1, 5000, "gross volume");

    private static OptionDefinition LossTo(string absent) => Number("loss_ua", "W/K", 0, 1000, "to the hall; absent: any amount in it cools to 1/e in " + absent);

    private static OptionDefinition Source => Named("source", "unit its feed pump draws from, when the rig file has no line");

    private static OptionDefinition FeedFlow => Number("feed_flow", "L/h", 0, 5000, "feed pump at 100 %");

    private static OptionDefinition Number(string name, string unit, double low, double high, string meaning) => new(name, OptionKind.Number, unit, low, high, false, meaning);

    private static OptionDefinition Named(string name, string meaning) => new(name, OptionKind.Name, "", 0, 0, false, meaning);
}
