using System.Collections.Immutable;

namespace Crm.Recipes.Diagnostics;

/// <summary>Every code a diagnostic may carry, with one line of explanation.</summary>
public static class DiagnosticCodes
{
    private static readonly ImmutableSortedDictionary<string, string>.Builder all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    public static readonly string FileMissing = Code("FILE-MISSING", "The file cannot be opened.");
    public static readonly string FileEmpty = Code("FILE-EMPTY", "The file holds nothing.");
    public static readonly string FileSize = Code("FILE-SIZE", "The file is larger than any file written by hand.");
    public static readonly string FileBinary = Code("FILE-BINARY", "The file holds bytes that are no text.");
    public static readonly string FileFormat = Code("FILE-FORMAT", "The file's format number is not one this version reads.");
    public static readonly string FileKind = Code("FILE-KIND", "The file is of another kind than was asked for.");
    public static readonly string FileTooMany = Code("FILE-TOO-MANY", "There are more mistakes than are listed.");
    public static readonly string YamlSyntax = Code("YAML-SYNTAX", "The text is not well-formed YAML, or ends in the middle.");
    public static readonly string YamlDepth = Code("YAML-DEPTH", "Groups are nested deeper than these files ever need.");
    public static readonly string YamlFeature = Code("YAML-FEATURE", "Anchors, aliases, type tags and several documents are not used in these files.");

    public static readonly string KeyUnknown = Code("KEY-UNKNOWN", "The key means nothing here; usually a spelling mistake.");
    public static readonly string KeyDuplicate = Code("KEY-DUPLICATE", "The same key stands twice in one group.");
    public static readonly string KeyMissing = Code("KEY-MISSING", "A key that has no default is absent.");
    public static readonly string KindWrong = Code("KIND-WRONG", "A value stands where a group or list is expected, or the other way round.");
    public static readonly string NameWrong = Code("NAME-WRONG", "A name has letters that names may not have.");
    public static readonly string NumberWrong = Code("NUMBER-WRONG", "A number cannot be read.");
    public static readonly string UnitUnknown = Code("UNIT-UNKNOWN", "The unit of measure is not known.");
    public static readonly string UnitMissing = Code("UNIT-MISSING", "A number stands without its unit (no bare numbers).");
    public static readonly string UnitMismatch = Code("UNIT-MISMATCH", "The unit measures something else than is asked for.");
    public static readonly string ValueRange = Code("VALUE-RANGE", "The value is outside what is possible.");
    public static readonly string RangeWrong = Code("RANGE-WRONG", "A range is not of the form low..high unit.");
    public static readonly string RangeOrder = Code("RANGE-ORDER", "The upper end of a range is not above its lower end.");
    public static readonly string ChoiceUnknown = Code("CHOICE-UNKNOWN", "The word is not one of the choices.");

    public static readonly string ExpressionSyntax = Code("EXPR-SYNTAX", "The condition or formula cannot be read.");
    public static readonly string ExpressionName = Code("EXPR-NAME", "The name in an expression is no tag, formula parameter or clock.");
    public static readonly string ExpressionUnit = Code("EXPR-UNIT", "Two values of different kinds are compared, added or assigned.");
    public static readonly string ExpressionType = Code("EXPR-TYPE", "A condition stands where a number is expected, or the other way round.");
    public static readonly string ExpressionFunction = Code("EXPR-FUNCTION", "The function does not exist, or has wrong arguments.");
    public static readonly string ExpressionScope = Code("EXPR-SCOPE", "The name exists, but cannot be used in this file.");
    public static readonly string ExpressionSpecies = Code("EXPR-SPECIES", "A chemical formula cannot be read, or masses of different species are put together.");
    public static readonly string ExpressionDepth = Code("EXPR-DEPTH", "The expression is too long or too deeply nested.");

    public static readonly string RigBus = Code("RIG-BUS", "A tag or output is on a bus that the rig does not have.");
    public static readonly string RigDriver = Code("RIG-DRIVER", "There is no such bus driver.");
    public static readonly string RigBusOption = Code("RIG-BUS-OPTION", "An option of a bus or instrument is unknown or missing.");
    public static readonly string RigInstrument = Code("RIG-INSTRUMENT", "There is no such instrument.");
    public static readonly string RigDevice = Code("RIG-DEVICE", "Two devices share an address, or a device is driven that nothing reads.");
    public static readonly string RigSignal = Code("RIG-SIGNAL", "The device does not exist, or has no such signal in this direction.");
    public static readonly string RigAddress = Code("RIG-ADDRESS", "Two tags or two outputs share one address.");
    public static readonly string RigSpan = Code("RIG-SPAN", "A value is outside the span of its tag or output.");
    public static readonly string RigFailProcess = Code("RIG-FAIL-PROCESS", "Our own process cannot hold a feed or heating output after it died.");
    public static readonly string RigLapseFeed = Code("RIG-LAPSE-FEED", "A feed's demand must lapse within 1 s to off.");
    public static readonly string RigLapseHeat = Code("RIG-LAPSE-HEAT", "A heater's demand must lapse within 60 s to off.");
    public static readonly string RigSafeValue = Code("RIG-SAFE-VALUE", "A feed or heater must fail and trip to off.");
    public static readonly string RigOutput = Code("RIG-OUTPUT", "The output does not exist.");
    public static readonly string RigTag = Code("RIG-TAG", "The tag does not exist.");
    public static readonly string RigUnit = Code("RIG-UNIT", "The unit does not exist.");
    public static readonly string RigPermission = Code("RIG-PERMISSION", "The act or the role of a permission does not exist.");
    public static readonly string RigHardWired = Code("RIG-HARD-WIRED", "A hard-wired protection does not say what it does or how it is seen to work.");
    public static readonly string RigShift = Code("RIG-SHIFT", "The length of a shift does not divide the day.");
    public static readonly string RigLoop = Code("RIG-LOOP", "The loop does not exist.");
    public static readonly string RigLegs = Code("RIG-LEGS", "A split-range leg does not fit the loop's output.");
    public static readonly string RigLoopTuning = Code("RIG-LOOP-TUNING", "The parameters of a loop cannot be, or act the wrong way round.");
    public static readonly string RigLoopVote = Code("RIG-LOOP-VOTE", "The instruments that a loop controls by do not measure one quantity.");
    public static readonly string RigCurve = Code("RIG-CURVE", "A curve does not rise, or has points that cannot be read.");
    public static readonly string RigReagent = Code("RIG-REAGENT", "The reagent is not declared.");
    public static readonly string RigStatesRow = Code("RIG-STATES-ROW", "An output has no row in its unit's phase-state table.");
    public static readonly string RigStatesCell = Code("RIG-STATES-CELL", "A cell of the phase-state table is missing.");
    public static readonly string RigStatesFeed = Code("RIG-STATES-FEED", "A feed must be off in every state but running (HOLD takes feeds off in one scan).");
    public static readonly string RigStatesRamp = Code("RIG-STATES-RAMP", "A feed, a heater, a switch, and every output that aborts, takes its value at once: no ramp.");
    public static readonly string RigStatesTimed = Code("RIG-STATES-TIMED", "A cell or duty that ends by itself has no time it could end after, comes to nothing else, or belongs to an output that aborts.");
    public static readonly string RigStatesHeat = Code("RIG-STATES-HEAT", "A heater may not be kept where it is, and must be off when aborting.");
    public static readonly string RigHold = Code("RIG-HOLD", "The longest hold of a unit or what follows it is missing or makes no sense.");
    public static readonly string RigShared = Code("RIG-SHARED", "A shared resource is no service of the rig, or has no capacity to share.");
    public static readonly string RigOpening = Code("RIG-OPENING", "Water at the start is declared for a unit whose level shows it.");
    public static readonly string RigOutlets = Code("RIG-OUTLETS", "A unit that is no extraction train says where raffinate and strip liquor run to.");
    public static readonly string RigFiltrate = Code("RIG-FILTRATE", "The places a filter's filtrate goes to do not match the positions of its divert valve.");
    public static readonly string RigStock = Code("RIG-STOCK", "A stock lot is of no known material, or its strength, day or mass makes no sense.");
    public static readonly string RigCompatibility = Code("RIG-COMPATIBILITY", "A rule of what may meet what says nothing, or contradicts another.");
    public static readonly string RigPool = Code("RIG-POOL", "A unit that batches own cannot be part of a pool.");
    public static readonly string RigHoldLong = Code("RIG-HOLD-LONG", "A unit may be held longer than its class of unit stands.");
    public static readonly string RigStatesAgitator = Code("RIG-STATES-AGITATOR", "The agitator of a slurry is off in a state of the table: only its own trip stops it.");
    public static readonly string RigStatesFilterOpen = Code("RIG-STATES-FILTER-OPEN", "A filter opens before its pressure is gone.");
    public static readonly string RigStatesFilterFeed = Code("RIG-STATES-FILTER-FEED", "A filter is fed or washed while no phase runs.");
    public static readonly string RigStatesExtractionFeed = Code("RIG-STATES-EXTRACTION-FEED", "Solvent extraction is fed with one phase while no phase runs.");
    public static readonly string RigStatesExtractionMixer = Code("RIG-STATES-EXTRACTION-MIXER", "Solvent extraction restarts without mixers.");
    public static readonly string RigStatesDivert = Code("RIG-STATES-DIVERT", "Liquor off its profile goes to the product while held or restarting.");
    public static readonly string RigStatesVentilation = Code("RIG-STATES-VENTILATION", "The ventilation of solvent equipment is off.");
    public static readonly string RigStatesResinDrain = Code("RIG-STATES-RESIN-DRAIN", "An ion-exchange column is drained: resin must stay flooded.");
    public static readonly string RigStatesColumnFeed = Code("RIG-STATES-COLUMN-FEED", "An ion-exchange column is fed while no phase runs.");
    public static readonly string RigStatesCirculation = Code("RIG-STATES-CIRCULATION", "The circulation of a crystalliser or evaporator is off.");
    public static readonly string RigStatesVacuum = Code("RIG-STATES-VACUUM", "A vacuum is broken at once.");
    public static readonly string RigStatesDeadHead = Code("RIG-STATES-DEAD-HEAD", "Reverse osmosis is dead-headed: its concentrate is shut.");
    public static readonly string RigStatesRoRamp = Code("RIG-STATES-RO-RAMP", "Reverse osmosis lets its pressure go at once when held or stopped.");
    public static readonly string RigStatesRoPressure = Code("RIG-STATES-RO-PRESSURE", "Reverse osmosis stays under pressure while no phase runs.");
    public static readonly string RigStatesRoFlush = Code("RIG-STATES-RO-FLUSH", "Membranes stand unflushed, or their flush has no end.");
    public static readonly string RigStatesCurrent = Code("RIG-STATES-CURRENT", "The rectifier of an electrodialysis is on while no phase runs, or there is none.");
    public static readonly string RigStatesElectrodeGas = Code("RIG-STATES-ELECTRODE-GAS", "The electrodes of an electrodialysis stand without ventilation.");
    public static readonly string RigStatesSweep = Code("RIG-STATES-SWEEP", "A calciner stands hot without sweep or scrubber.");
    public static readonly string RigVolume = Code("RIG-VOLUME", "The working volume is larger than the gross volume.");
    public static readonly string RigDuplicate = Code("RIG-DUPLICATE", "Two trips, alarms, lines or units have the same name.");
    public static readonly string RigCause = Code("RIG-CAUSE", "A trip has no cause, or an effect that does nothing.");
    public static readonly string RigVote = Code("RIG-VOTE", "A vote is not of the form MooN, or has another number of channels, or channels that nothing compares.");
    public static readonly string RigWatch = Code("RIG-WATCH", "A cause that looks back in time is not one of the known forms.");
    public static readonly string RigClass = Code("RIG-CLASS", "A row of class safety or protective can be bypassed or clears itself.");
    public static readonly string RigResponse = Code("RIG-RESPONSE", "A row needs more than half of its process safety time.");
    public static readonly string RigContradiction = Code("RIG-CONTRADICTION", "Protection drives an output against the value it falls to without power, and nothing says why.");
    public static readonly string RigProof = Code("RIG-PROOF", "A proof test has no date or interval that makes sense.");
    public static readonly string RigPlausible = Code("RIG-PLAUSIBLE", "What a tag may plausibly do is not declared in a usable way.");
    public static readonly string RigCommand = Code("RIG-COMMAND", "One trip gives its units different commands.");

    public static readonly string RigPanel = Code("RIG-PANEL", "A lamp of the panel cannot show what it is told to.");
    public static readonly string RigConfirm = Code("RIG-CONFIRM", "An output that does not confirm that it runs would not be stopped.");
    public static readonly string RigTrip = Code("RIG-TRIP", "The trip does not exist.");
    public static readonly string AlarmForm = Code("ALARM-FORM", "An alarm looks at nothing, or at more than one kind of thing.");
    public static readonly string AlarmBlank = Code("ALARM-BLANK", "Cause, consequence or response of an alarm says nothing; without them it is an event, not an alarm.");
    public static readonly string AlarmDelay = Code("ALARM-DELAY", "The signal has no usual delay: the alarm must name its own.");
    public static readonly string AlarmDeadband = Code("ALARM-DEADBAND", "The deadband has no limit it could move.");
    public static readonly string AlarmSuppression = Code("ALARM-SUPPRESSION", "A rule of suppression by design looks at nothing, or at more than one kind of thing.");

    public static readonly string RecipeRig = Code("RECIPE-RIG", "The recipe was written for another rig.");
    public static readonly string EquipmentBinding = Code("EQUIPMENT-BINDING", "No unit of the rig is what the recipe asks for.");
    public static readonly string FormulaRange = Code("FORMULA-RANGE", "A formula value is outside its own range.");
    public static readonly string FormulaUnknown = Code("FORMULA-UNKNOWN", "A formula file gives a value that the recipe's formula does not have.");
    public static readonly string FormulaUnused = Code("FORMULA-UNUSED", "Nothing in the recipe uses this formula parameter.");
    public static readonly string CampaignOrder = Code("CAMPAIGN-ORDER", "A batch of a campaign builds on one that does not stand above it.");
    public static readonly string CampaignLot = Code("CAMPAIGN-LOT", "A batch of a campaign takes a lot that is not made, or for a material that it does not weigh in.");
    public static readonly string StepUnknown = Code("STEP-UNKNOWN", "The step is no unit operation and no step of the language.");
    public static readonly string StepForm = Code("STEP-FORM", "A step is not of the form 'word: {…}'.");
    public static readonly string StepPlace = Code("STEP-PLACE", "A unit operation stands outside a unit.");
    public static readonly string StepEmpty = Code("STEP-EMPTY", "A list of steps is empty.");
    public static readonly string StepId = Code("STEP-ID", "Two steps have the same id.");
    public static readonly string UnitService = Code("UNIT-SERVICE", "A plant service belongs to no batch.");
    public static readonly string UnitUnknownPlace = Code("PLACE-UNKNOWN", "The unit or tank does not exist on the rig.");
    public static readonly string OperationClass = Code("OPERATION-CLASS", "The unit operation does not run on this class of equipment.");
    public static readonly string OperationRole = Code("OPERATION-ROLE", "The unit lacks an instrument or actuator that the operation needs.");
    public static readonly string ParameterUnknown = Code("PARAMETER-UNKNOWN", "The unit operation has no such parameter.");
    public static readonly string ParameterMissing = Code("PARAMETER-MISSING", "A parameter that has no default is absent.");
    public static readonly string ParameterRange = Code("PARAMETER-RANGE", "A parameter is outside the range of the operation or of the equipment.");
    public static readonly string VolumeExceeded = Code("VOLUME-EXCEEDED", "More liquid than the unit's working volume.");
    public static readonly string ReagentUnknown = Code("REAGENT-UNKNOWN", "The rig has no such reagent.");
    public static readonly string ReagentLine = Code("REAGENT-LINE", "The unit has no dosing line for the reagent.");
    public static readonly string LineMissing = Code("LINE-MISSING", "No pipe of this unit leads from or to the place.");
    public static readonly string StoichiometryMissing = Code("STOICHIOMETRY-MISSING", "The reagent has no entry under 'stoichiometry'.");
    public static readonly string SampleUnknown = Code("SAMPLE-UNKNOWN", "No step takes this sample.");
    public static readonly string AnalyteUnknown = Code("ANALYTE-UNKNOWN", "The sample is not analysed for this.");
    public static readonly string LotUnknown = Code("LOT-UNKNOWN", "No earlier step makes this lot.");
    public static readonly string NameTwice = Code("NAME-TWICE", "Two samples or two lots of a recipe have the same name.");
    public static readonly string ParallelUnit = Code("PARALLEL-UNIT", "Two parallel branches use the same unit.");
    public static readonly string ParallelFew = Code("PARALLEL-FEW", "A parallel needs two branches or more.");
    public static readonly string ClockOrder = Code("CLOCK-ORDER", "'at_least' is longer than 'at_most'.");
    public static readonly string ExpectForm = Code("EXPECT-FORM", "An expectation is not of the form 'rises 2 K within 10 min'.");
    public static readonly string BranchUnreachable = Code("BRANCH-UNREACHABLE", "A branch of an alternative is never taken: its condition never holds, or one before it holds whenever it does.");
    public static readonly string BranchElsewhere = Code("BRANCH-ELSEWHERE", "A step needs a sample or a lot that only another branch of an alternative takes or makes.");
    public static readonly string SampleLate = Code("SAMPLE-LATE", "A result is read before its sample is taken.");
    public static readonly string ConditionNever = Code("CONDITION-NEVER", "A condition holds for no value that the instrument or the formula can have.");
    public static readonly string BlockUnknown = Code("BLOCK-UNKNOWN", "Neither the recipe nor the files it uses have a block of this name.");
    public static readonly string BlockTwice = Code("BLOCK-TWICE", "Two blocks that a recipe can use have the same name.");
    public static readonly string BlockUnused = Code("BLOCK-UNUSED", "A recipe has a block, or names a file of blocks, that no step uses.");
    public static readonly string BlockParameter = Code("BLOCK-PARAMETER", "A block names a parameter with '$' that it does not declare, or declares one that nothing in it uses.");
    public static readonly string BlockArgument = Code("BLOCK-ARGUMENT", "A use of a block lacks an argument, gives one that the block does not take, or one of another type or outside its range.");
    public static readonly string BlockRecursion = Code("BLOCK-RECURSION", "A block uses itself, or blocks use blocks too deeply.");
    public static readonly string RecipeSize = Code("RECIPE-SIZE", "With its blocks and passes written out, the procedure is longer than any batch needs.");
    public static readonly string ApprovalChain = Code("APPROVAL-CHAIN", "An entry of a file of approvals does not follow from what stands before it.");
    public static readonly string GateBlind = Code("GATE-BLIND", "A condition reads neither a tag nor a laboratory result.");
    public static readonly string SpecificationBounds = Code("SPECIFICATION-BOUNDS", "A limit has no bound, or bounds that exclude everything.");

    public static readonly string TwinModel = Code("TWIN-MODEL", "The equipment model does not exist.");
    public static readonly string TwinEquipment = Code("TWIN-EQUIPMENT", "A unit with tags or outputs has no equipment behind it.");
    public static readonly string TwinPipe = Code("TWIN-PIPE", "A pipe of the twin file has no line of the rig.");
    public static readonly string TwinOption = Code("TWIN-OPTION", "An option of an equipment model is unknown or missing.");
    public static readonly string TwinSense = Code("TWIN-SENSE", "The equipment model cannot measure a tag of its unit.");
    public static readonly string TwinObey = Code("TWIN-OBEY", "The equipment model ignores an output of its unit.");
    public static readonly string TwinUncertain = Code("TWIN-UNCERTAIN", "An uncertain parameter of the twin names no number of the file, or its spread is none.");
    public static readonly string ScenarioFault = Code("SCENARIO-FAULT", "The twin of the rig knows no such fault.");
    public static readonly string ScenarioExpect = Code("SCENARIO-EXPECT", "An expectation of a scenario cannot be judged.");
    public static readonly string ScenarioFrom = Code("SCENARIO-FROM", "A scenario begins at a moment that no run of its recipe has.");
    public static readonly string TwinFitted = Code("TWIN-FITTED", "A file of fitted multipliers does not belong to the twin.");
    public static readonly string TwinMaterial = Code("TWIN-MATERIAL", "Mass fractions of a material are negative or sum to more than one.");

    public static readonly string ServicePath = Code("SERVICE-PATH", "A file or folder that the service file names is not there.");
    public static readonly string ServiceListen = Code("SERVICE-LISTEN", "The service is to listen on what is no address.");
    public static readonly string ServiceBus = Code("SERVICE-BUS", "The service file names a place for a bus that the rig does not have, or that is not driven.");
    public static readonly string ServiceRigTwice = Code("SERVICE-RIG-TWICE", "The service file names one rig twice.");

    // What the checker reckons of the chemistry of a recipe; the long texts of --explain are in Explanations/process.yaml.
    public static readonly string FillOverflow = Code("FILL-OVERFLOW", "With the values as written a vessel comes to hold more than its working volume.");
    public static readonly string FillRange = Code("FILL-RANGE", "At the end of a formula range a vessel comes to hold more than its working volume.");
    public static readonly string Stoichiometric = Code("STOICHIOMETRY-AMOUNT", "A reagent is dosed far below or far above what it reacts with.");
    public static readonly string AcidDemand = Code("ACID-DEMAND", "The acid of a leach does not fit the minerals of its charge.");
    public static readonly string HeatDose = Code("HEAT-DOSE", "A dose gives more heat than the vessel is cooled, and the contents come too hot.");
    public static readonly string HeatAccumulated = Code("HEAT-ACCUMULATED", "So much of a reagent may lie unreacted that it could boil the vessel up by itself.");
    public static readonly string LiquidToSolid = Code("LIQUID-TO-SOLID", "A slurry is thicker or thinner than a leach is run.");
    public static readonly string OrganicToAqueous = Code("ORGANIC-TO-AQUEOUS", "Organic and aqueous are in a ratio that no mixer holds.");
    public static readonly string HydroxideOnset = Code("PH-HYDROXIDE", "A pH brings down as hydroxide what is to be recovered, into a cake that is thrown away.");
    public static readonly string FlashPoint = Code("FLASH-POINT", "An organic comes within 15 K of its flash point.");
    public static readonly string MaterialAttack = Code("MATERIAL-ATTACK", "The contents attack what the vessel is made of.");
    public static readonly string HazardPair = Code("HAZARD-PAIR", "Two things meet in an order in which they must not.");
    public static readonly string GasEvolution = Code("GAS-EVOLUTION", "A step drives out more gas than the vent of its vessel is declared for.");
    public static readonly string YieldSolubility = Code("YIELD-SOLUBILITY", "Mother liquors keep so much of the product that the recovery cannot be what is claimed.");
    public static readonly string SaltSolubility = Code("SALT-SOLUBILITY", "A liquor is boiled down beyond the solubility of its salt, in a vessel that is emptied by a pump.");
    public static readonly string StockShort = Code("STOCK-SHORT", "The recipe draws more of a material than the rig has in stock.");
    public static readonly string StockMargin = Code("STOCK-MARGIN", "If every dose to a pH takes all it may, a material runs out.");

    /// <summary>Code to explanation.</summary>
    public static ImmutableSortedDictionary<string, string> All { get; } = all.ToImmutable();

    private static string Code(string code, string explanation)
    {
        all.Add(code, explanation);
        return code;
    }
}
