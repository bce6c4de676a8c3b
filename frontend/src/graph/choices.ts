// The words of what a part may be, as the forms offer them.
export type Choices = readonly (readonly [string, string])[];

export const KINDS: Choices = [
  ["condition", "Condition: something was so"],
  ["event", "Event: something happened"],
  ["barrier", "Barrier: meant to stop or show it"],
  ["action", "Action by a role"],
  ["decision", "Decision by a role"],
  ["external", "External: outside our control"],
];
export const ALL_KINDS: Choices = [...KINDS, ["mitigator", "Mitigator: made it less bad"], ["outcome", "Top event"]];
export const HAPPENED: Choices = [
  ["enabled", "enabled it"],
  ["triggered", "triggered it"],
  ["contributed", "contributed"],
  ["failed_to_stop", "failed to stop it"],
];
export const LASTED: Choices = [
  ["delayed_detection", "delayed detection"],
  ["delayed_recovery", "delayed recovery"],
  ["amplified", "amplified it"],
];
export const RELATIONS: Choices = [...HAPPENED, ...LASTED, ["mitigated", "made it less bad"]];
export const NECESSITY: Choices = [
  ["necessary", "necessary: without it, not"],
  ["contributing", "contributing: likelier or worse"],
  ["unknown", "nobody has said yet"],
];
export const FACTORS: Choices = [["", "not said"], ["tech", "technical"], ["process", "process"], ["org", "organisation"]];
export const BONES: Choices = [
  ["", "as its kind and factor say"],
  ["human_factors", "Human factors"],
  ["process", "Process"],
  ["technology", "Technology"],
  ["external", "External"],
  ["monitoring", "Monitoring"],
  ["data", "Data"],
  ["environment", "Environment"],
];
export const STATUSES: Choices = [["hypothesis", "Hypothesis"], ["confirmed", "Supported"], ["refuted", "Ruled out"]];
export const CONFIDENCE: Choices = [["low", "low"], ["medium", "medium"], ["high", "high"]];
export const CONTROL: Choices = [["own", "ours"], ["shared", "ours with others"], ["external", "somebody else's"]];
export const LEVELS: Choices = [["", "as the rules derive it"], ["proximate", "proximate"], ["intermediate", "intermediate"], ["systemic", "systemic"]];
export const MITIGATORS: Choices = [["designed", "designed: it was built to"], ["process", "practised: people had prepared it"], ["luck", "luck: never counts as a barrier"]];
export const STRENGTHS: Choices = [
  ["observed", "observed: a record shows it"],
  ["reproduced", "reproduced: it was seen again on purpose"],
  ["correlated", "same time only"],
  ["stated", "stated by somebody"],
  ["guess", "a guess"],
];
export const STANCES: Choices = [["supports", "supports it"], ["contradicts", "speaks against it"]];
export const HUMAN_TYPES: Choices = [
  ["", "not said yet"],
  ["slip", "Slip: meant right, did another thing"],
  ["lapse", "Lapse: a known step was left out"],
  ["rule_mistake", "Rule mistake: a good rule met another case"],
  ["knowledge_mistake", "Knowledge mistake: no rule fitted"],
  ["violation", "Violation: a rule was known and not followed"],
];
export const LOGIC: Choices = [
  ["and", "AND: all are needed"],
  ["or", "OR: any one is enough"],
  ["vote", "K OF N: some of them are enough"],
  ["inhibit", "IF: the first, while the second holds"],
  ["pand", "AND, in this order"],
];
