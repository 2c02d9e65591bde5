// The API's messages, as src/Crm.Contracts writes them (a test compares the two).
export interface RigDescription { name: string; version: string; twin: boolean; scanSeconds: number; recipe: RecipeInfo; units: UnitInfo[]; tags: TagInfo[]; outputs: OutputInfo[]; loops: LoopInfo[]; lines: LineInfo[]; dosing: DosingInfo[]; alarms: AlarmInfo[]; steps: StepInfo[]; trips: TripInfo[]; lamps: LampInfo[] }
export interface RigName { name: string; twin: boolean; batch: string; recipe: string; alarms: number[]; unacknowledged: number; tripped: boolean; waiting: number }
export interface RecipeInfo { id: string; version: string; title: string; product: string; hazards: string[]; formula: FormulaInfo[]; specification: LimitInfo[] }
export interface FormulaInfo { name: string; label: string; value: number; unit: string; low: number; high: number }
export interface LimitInfo { analyte: string; unit: string; least: number | null; most: number | null }
export interface UnitInfo { ordinal: number; name: string; label: string; class: string; service: boolean; grossVolume: number | null; workingVolume: number | null }
export interface TagInfo { ordinal: number; name: string; label: string; unit: string; ofUnit: string; low: number; high: number; decimals: number; switch: boolean }
export interface OutputInfo { ordinal: number; name: string; label: string; unit: string; ofUnit: string; low: number; high: number; role: string; switch: boolean }
export interface LoopInfo { ordinal: number; name: string; label: string; ofUnit: string; processValue: number; setpointLow: number; setpointHigh: number; outputs: number[]; voted: number[] }
export interface LampInfo { output: number; label: string; sequence: string; alarms: string[] }
export interface PanelSeen { sounding: boolean; lamps: string[] }
export interface ProofTestSeen { trip: string; why: string; how: string; last: string; due: string; overdue: boolean | null }
export interface VoteSeen { of: string; kind: string; rule: string; left: string; value: number | null; true: boolean; channels: ChannelSeen[] }
export interface ChannelSeen { tag: string; text: string; value: number | null; says: string }
export interface TuningSeen { gain: number; integralTime: number; derivativeTime: number; setpointWeight: number; filterTime: number }
export interface LineInfo { name: string; from: string; to: string; ofUnit: string; pump: number; fullRate: number }
export interface DosingInfo { reagent: string; label: string; hazard: string; ofUnit: string; pump: number; scale: number; fullRate: number }
export interface AlarmInfo { ordinal: number; id: string; text: string; priority: number; consequence: string; response: string; timeToRespondSeconds: number }
export interface StepInfo { number: number; id: string; label: string; kind: string; unit: string; operation: string; parent: number; depth: number }
export interface TripInfo { ordinal: number; id: string; why: string; class: string; causes: string[]; effects: string[]; longestBypass: number | null; longestStartUp: number | null }
export interface FrameMessage { kind: 'frame'; scan: number; now: number; at: string; pace: number; askedPace: number; paceReason: string; values: (number | null)[]; quality: string; why: BadValue[]; spreads: Spread[]; outputs: number[]; sources: string; manual: string; setpoints: (number | null)[]; loopStates: string; loopModes: string; events: EventSeen[]; eventsDropped: number }
export interface BadValue { tag: number; reason: string; health: number }
export interface Spread { tag: number; low: number; high: number }
export interface EventSeen { number: number; at: number; kind: string; batch: string; subject: string; text: string; cause: string }
export interface Situation { kind: 'situation'; version: number; id: string; mode: string; batch: string; reason: string; commands: string[]; unattended: boolean; skipping: boolean; steps: StepSeen[]; waiting: StepSeen[]; prompts: PromptSeen[]; samples: SampleSeen[]; lots: LotSeen[]; alarms: AlarmSeen[]; absent: AbsentSeen[]; trips: TripSeen[]; rigTrip: string; bands: Band[]; units: UnitSeen[]; presence: PresenceSeen; refusals: RefusalSeen[]; aside: AsideSeen[]; protection: ProtectionSeen; batches: BatchSeen[]; panel: PanelSeen; overdueProofTests: ProofTestSeen[]; recordFault: string; recoveries: Recovery[]; firstOuts: FirstOutSeen[]; adjustable: FormulaInfo[]; revisions: RevisionSeen[]; procedure: string; campaigns: CampaignSeen[] }
export interface RevisionSeen { by: string; at: number; reason: string; changes: string[]; advice: string[] }
export interface BatchRecipe { recipe: string; version: string; file: string; text: string }
export interface StepsCompared { changes: string[]; advice: string[]; problems: string[]; findings: FindingSeen[] }
export interface UnitSeen { unit: string; state: string; mode: string; step: string; doing: string; reason: string; commands: string[]; runsOn: boolean }
export interface PresenceSeen { by: string; at: number | null; due: number | null; phases: string[] }
export interface RefusalSeen { at: number; batch: string; subject: string; text: string; by: string }
export interface AsideSeen { kind: string; target: string; text: string; by: string; reason: string; reference: string; since: number | null; until: number | null; stands: boolean }
export interface ProtectionSeen { checksum: string; awaits: string; acceptedBy: string; acceptedAt: number | null; acceptedWhy: string }
export interface BatchSeen { id: string; recipe: string; version: string; title: string; state: string; reason: string; units: string[]; waits: string }
export interface RecipeChoice { file: string; id: string; version: string; title: string; problem: string; formula: FormulaInfo[]; state: string }
export interface CampaignSeen { name: string; id: string; version: string; title: string; state: string; by: string; reason: string; batches: CampaignBatchSeen[] }
export interface CampaignBatchSeen { id: string; title: string; state: string; plan: string; waits: string }
export interface CampaignChoice { file: string; id: string; version: string; title: string; problem: string; batches: CampaignStep[] }
export interface CampaignStep { name: string; recipe: string; version: string; state: string; plan: string }
export interface RecipeEntry { file: string; draft: boolean; id: string; version: string; title: string; product: string; grade: string; state: string; words: string; problem: string }
export interface RecipeSeen { entry: RecipeEntry; text: string; content: string; waits: string; history: SignatureSeen[]; checked: RecipeChecked }
export interface RecipeChecked { findings: FindingSeen[]; chart: string; changes: string[] }
export interface FindingSeen { file: string; line: number; column: number; advice: boolean; code: string; message: string; remedy: string }
export interface SignatureSeen { at: string; by: string; roles: string[]; act: string; terms: string; reason: string; present: boolean }
export interface DryRunSeen { number: number; file: string; title: string; by: string; state: string; text: string; seconds: number; inSpecification: boolean | null; grade: string; element: string; recovery: number | null; leastRecovery: number | null; hours: number | null; water: number | null; product: number | null; doubts: string[] }
export interface AlarmMetricsSeen { alarmCount: number; startTime: number; maximumActiveState: number; maximumUnAck: number; currentAlarmRate: number; maximumAlarmRate: number; averageAlarmRate: number; maximumReAlarmCount: number }
export interface AboutRig { software: string; rig: string; version: string; twin: boolean; rigHash: string; protection: string; hardWired: HardWiredSeen[] }
export interface HardWiredSeen { name: string; what: string; proof: string; by: string; day: string; note: string }
export interface LoopSeen { loop: string; mode: string; targetMode: string; usual: string; setpoint: number | null; output: number; flags: string[]; feedForward: boolean | null; parameters: TuningSeen; tuning: string; before: string; proposed: string; margins: string[]; figures: string[] }
export interface Recovery { lastSign: number; away: number; was: string; steps: RecoveryStep[]; energised: string[]; moved: string[]; notKept: string[] }
export interface RecoveryStep { step: string; unit: string; was: string; choices: string[]; text: string; decision: string }
export interface StepSeen { id: string; label: string; unit: string; operation: string; state: string; doing: string; progress: number | null; reason: string; since: number }
export interface PromptSeen { id: string; label: string; kind: string; text: string; items: string[]; place: string; material: string; asked: number | null; analytes: string[]; protective: string; since: number; refused: string; attempts: number; choices: string[]; others: string[]; topUp: string[] }
export interface SampleSeen { name: string; label: string; place: string; analytes: string[]; takenAt: number; dueAt: number }
export interface LotSeen { id: string; material: string; kind: string; mass: number; uncertainty: number }
export interface AlarmSeen { id: string; text: string; priority: number; state: string; occurrence: number; since: number; firstOut: boolean; cause: string; consequence: string; response: string; timeToRespondSeconds: number; longestShelving: number | null }
export interface AbsentSeen { id: string; text: string; priority: number; state: string; why: string; until: number | null; stands: boolean }
export interface TripSeen { id: string; why: string; firstOut: string; causesClear: boolean; units: string[]; since: number }
export interface FirstOutSeen { trip: string; firstOut: string; since: number }
export interface MaterialsSeen { day: string; places: PlaceSeen[]; stock: StockSeen[]; made: MadeSeen[] }
export interface PlaceSeen { place: string; label: string; kind: string; units: string[]; empty: boolean; state: string; contents: string; litres: number | null; wetKilograms: number | null; washedLitres: number; working: number | null; shares: ShareSeen[]; lots: string[]; heel: string[] }
export interface ShareSeen { batch: string; part: number }
export interface StockSeen { lot: string; material: string; label: string; strength: number; expires: string; kilograms: number; next: boolean; against: string }
export interface MadeSeen { lot: string; shares: ShareSeen[]; from: string[] }
export interface Band { step: string; label: string; unit: string; from: number; to: number | null }
export interface Snapshot { frame: FrameMessage; situation: Situation }
export interface RecordedBatchSeen { key: string; batch: string; recipe: string; began: string; ended: string; state: string; hours: number; current: boolean; report: boolean }
export interface BatchFigures { key: string; batch: string; recipe: string; state: string; at: number; mainElement: string; recovery: Quantity | null; productMass: Quantity | null; specification: string; inSpecification: boolean; closed: boolean; limits: LimitFound[]; samples: SampleFound[]; water: WaterFound; doubts: string[]; prediction: Prediction; waterSoFar: boolean }
export interface LimitFound { analyte: string; unit: string; least: number | null; most: number | null; found: Quantity | null; verdict: string; within: boolean; course: CourseFound[]; predicted: LimitPredicted }
export interface LimitPredicted { value: Quantity | null; verdict: string; within: boolean; against: string; factor: number | null }
export interface Prediction { state: string; text: string; run: number; at: string; by: string; from: string; recipe: string; values: string[]; present: boolean; outcome: string; inSpecification: boolean; product: Quantity | null }
export interface ExpectedCourse { source: string; of: string; seconds: number; steps: ExpectedStep[] }
export interface ExpectedStep { step: string; from: number; to: number }
export interface CourseFound { sample: string; place: string; at: number; atMost: Quantity }
export interface SampleFound { sample: string; place: string; at: number; by: string; fractions: Record<string, Quantity> }
export interface WaterFound { fresh: number | null; inFeed: number; opening: number | null; returned: number | null; inWetSolids: number; crystal: number | null; evaporation: number | null; discharge: number | null; inLiquorLots: number; holdupChange: number | null; recycleRate: number | null; recycledOverWithdrawal: number | null; specificFreshWater: number | null; unaccounted: number | null; unaccountedUncertainty: number | null; closureError: number | null; closureUncertainty: number | null }
export interface AuditSeen { sequence: number; stamp: string; at: number; kind: string; batch: string; subject: string; text: string; by: string; hash: string }
export interface RecordProof { whole: boolean; entries: number; head: string; problem: string }
export interface CommandResult { id: string; state: string; reason: string }
export interface Quantity { value: number; uncertainty: number | null }
export interface TwinWork { mass: number | null; assay: Record<string, Quantity> }
export interface WhyNot { reasons: string[] }
export interface PlantExplanation { title: string; parts: PlantExplanationPart[] }
export interface PlantExplanationPart { heading: string; lines: string[] }
export interface Trend { from: number; step: number; oldest: number; pens: TrendPen[] }
export interface TrendPen { tag: string; first: (number | null)[]; low: (number | null)[]; high: (number | null)[]; last: (number | null)[] }
export interface AccountSeen { name: string; roles: string[]; hasPassword: boolean; closed: boolean; sessions: number }
