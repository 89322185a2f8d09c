//! CAMEO codes for PLOVER events: the inverse of the mapping that PLOVER's authors publish (CAMEO2PLOVER), where one exists.

/// PLOVER type, mode, context, CAMEO code and what it is called; an empty mode or context fits any. The first row that fits counts, so
/// what is special stands before what is general. `docs/export.md` shows this table.
pub const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    ("AGREE", "", "economic", "0311", "Express intent to cooperate economically"),
    ("AGREE", "", "military", "0312", "Express intent to cooperate militarily"),
    ("AGREE", "", "legal", "0313", "Express intent to cooperate on judicial matters"),
    ("AGREE", "", "intelligence", "0314", "Express intent to cooperate on intelligence"),
    ("AGREE", "", "peacekeeping", "0334", "Express intent to provide military protection or peacekeeping"),
    ("AGREE", "", "", "030", "Express intent to cooperate"),
    ("CONSULT", "phone", "", "041", "Discuss by telephone"),
    ("CONSULT", "visit", "", "042", "Make a visit"),
    ("CONSULT", "third-party", "", "044", "Meet at a third location"),
    ("CONSULT", "", "", "040", "Consult"),
    ("SUPPORT", "", "", "050", "Engage in diplomatic cooperation"),
    ("COOPERATE", "", "military", "062", "Cooperate militarily"),
    ("COOPERATE", "", "intelligence", "064", "Share intelligence or information"),
    ("COOPERATE", "", "legal", "063", "Engage in judicial cooperation"),
    ("COOPERATE", "", "economic", "061", "Cooperate economically"),
    ("COOPERATE", "", "", "060", "Engage in material cooperation"),
    ("AID", "", "military", "072", "Provide military aid"),
    ("AID", "", "peacekeeping", "074", "Provide military protection or peacekeeping"),
    ("AID", "", "disasters", "073", "Provide humanitarian aid"),
    ("AID", "", "health", "073", "Provide humanitarian aid"),
    ("AID", "", "human_security", "073", "Provide humanitarian aid"),
    ("AID", "", "economic", "071", "Provide economic aid"),
    ("AID", "", "", "070", "Provide aid"),
    ("CONCEDE", "", "economic", "085", "Ease economic sanctions, boycott, embargo"),
    ("CONCEDE", "", "military", "087", "De-escalate military engagement"),
    ("CONCEDE", "", "human_rights", "0833", "Accede to demands for rights"),
    ("CONCEDE", "", "political_institutions", "083", "Accede to demands for political reform"),
    ("CONCEDE", "", "legal", "081", "Ease administrative sanctions"),
    ("CONCEDE", "", "", "080", "Yield"),
    ("RETREAT", "release", "", "0841", "Return, release person(s)"),
    ("RETREAT", "ceasefire", "", "0871", "Declare truce, ceasefire"),
    ("RETREAT", "disarm", "", "0873", "Demobilize armed forces"),
    ("RETREAT", "withdraw", "", "0874", "Retreat or surrender militarily"),
    ("RETREAT", "access", "", "086", "Allow international involvement"),
    ("RETREAT", "resign", "", "0831", "Accede to demands for change in leadership"),
    ("RETREAT", "", "economic", "085", "Ease economic sanctions, boycott, embargo"),
    ("RETREAT", "", "", "080", "Yield"),
    ("REQUEST", "meet", "", "026", "Appeal to others to meet or negotiate"),
    ("REQUEST", "assist", "economic", "0211", "Appeal for economic cooperation"),
    ("REQUEST", "assist", "military", "0212", "Appeal for military cooperation"),
    ("REQUEST", "assist", "legal", "0213", "Appeal for judicial cooperation"),
    ("REQUEST", "assist", "", "021", "Appeal for material cooperation"),
    ("REQUEST", "change", "", "024", "Appeal for political reform"),
    ("REQUEST", "yield", "", "025", "Appeal to yield"),
    ("REQUEST", "", "", "020", "Make an appeal or request"),
    ("ACCUSE", "investigate", "human_rights", "092", "Investigate human rights abuses"),
    ("ACCUSE", "investigate", "military", "093", "Investigate military action"),
    ("ACCUSE", "investigate", "", "090", "Investigate"),
    ("ACCUSE", "allege", "human_rights", "1122", "Accuse of human rights abuses"),
    ("ACCUSE", "allege", "military", "1123", "Accuse of aggression"),
    ("ACCUSE", "allege", "intelligence", "1125", "Accuse of espionage, treason"),
    ("ACCUSE", "allege", "", "112", "Accuse"),
    ("ACCUSE", "disapprove", "", "111", "Criticize or denounce"),
    ("ACCUSE", "", "", "110", "Disapprove"),
    ("REJECT", "assist", "", "121", "Reject material cooperation"),
    ("REJECT", "change", "", "123", "Reject request or demand for political reform"),
    ("REJECT", "yield", "", "124", "Refuse to yield"),
    ("REJECT", "meet", "", "125", "Reject proposal to meet, discuss, or negotiate"),
    ("REJECT", "", "", "120", "Reject"),
    ("THREATEN", "restrict", "", "1312", "Threaten with sanctions, boycott, embargo"),
    ("THREATEN", "relations", "", "1313", "Threaten to reduce or break relations"),
    ("THREATEN", "expel", "", "136", "Threaten to halt international involvement"),
    ("THREATEN", "arrest", "", "132", "Threaten with administrative sanctions"),
    ("THREATEN", "territory", "", "1382", "Threaten occupation"),
    ("THREATEN", "violence", "cbrn", "1385", "Threaten attack with WMD"),
    ("THREATEN", "violence", "", "138", "Threaten with military force"),
    ("THREATEN", "", "", "130", "Threaten"),
    ("PROTEST", "demo", "", "141", "Demonstrate or rally"),
    ("PROTEST", "hunger", "", "142", "Conduct hunger strike"),
    ("PROTEST", "strike", "", "143", "Conduct strike or boycott"),
    ("PROTEST", "boycott", "", "143", "Conduct strike or boycott"),
    ("PROTEST", "obstruct", "", "144", "Obstruct passage, block"),
    ("PROTEST", "riot", "", "145", "Protest violently, riot"),
    ("PROTEST", "", "", "140", "Engage in political dissent"),
    ("SANCTION", "expel", "", "166", "Expel or withdraw"),
    ("SANCTION", "withdraw", "", "161", "Reduce or break diplomatic relations"),
    ("SANCTION", "discontinue", "", "162", "Reduce or stop material aid"),
    ("SANCTION", "convict", "", "116", "Find guilty or liable (legally)"),
    ("SANCTION", "", "economic", "163", "Impose embargo, boycott, or sanctions"),
    ("SANCTION", "", "", "160", "Reduce relations"),
    ("MOBILIZE", "police", "", "153", "Mobilize or increase police power"),
    ("MOBILIZE", "troops", "", "154", "Mobilize or increase armed forces"),
    ("MOBILIZE", "militia", "", "154", "Mobilize or increase armed forces"),
    ("MOBILIZE", "", "cyber", "155", "Mobilize or increase cyber-forces"),
    ("MOBILIZE", "", "", "150", "Demonstrate military or police power"),
    ("COERCE", "seize", "territory", "192", "Occupy territory"),
    ("COERCE", "seize", "", "171", "Seize or damage property"),
    ("COERCE", "restrict", "military", "191", "Impose blockade, restrict movement"),
    ("COERCE", "restrict", "", "172", "Impose administrative sanctions"),
    ("COERCE", "censor", "", "1721", "Impose restrictions on political freedoms"),
    ("COERCE", "curfew", "", "1723", "Impose curfew"),
    ("COERCE", "martial-law", "", "1724", "Impose state of emergency or martial law"),
    ("COERCE", "arrest", "", "173", "Arrest, detain, or charge with legal action"),
    ("COERCE", "deport", "", "174", "Expel or deport individuals"),
    ("COERCE", "cyber", "", "176", "Attack cybernetically"),
    ("COERCE", "", "", "170", "Coerce"),
    ("ASSAULT", "abduct", "", "181", "Abduct, hijack, or take hostage"),
    ("ASSAULT", "beat", "", "182", "Physically assault"),
    ("ASSAULT", "torture", "", "1822", "Torture"),
    ("ASSAULT", "sexual", "", "1821", "Sexually assault"),
    ("ASSAULT", "targeted", "", "186", "Assassinate"),
    ("ASSAULT", "destroy", "", "1712", "Destroy property"),
    ("ASSAULT", "primitive", "", "182", "Physically assault"),
    ("ASSAULT", "firearms", "", "193", "Fight with small arms and light weapons"),
    ("ASSAULT", "suicide-attack", "", "1831", "Carry out suicide bombing"),
    ("ASSAULT", "explosives", "", "183", "Conduct suicide, car, or other non-military bombing"),
    ("ASSAULT", "drone", "", "1952", "Employ remotely piloted aerial munitions"),
    ("ASSAULT", "aerial", "", "195", "Employ aerial weapons"),
    ("ASSAULT", "heavy-weapons", "", "194", "Fight with artillery and tanks"),
    ("ASSAULT", "crowd-control", "", "175", "Use tactics of violent repression"),
    ("ASSAULT", "unconventional", "", "204", "Use weapons of mass destruction"),
    ("ASSAULT", "", "", "190", "Use conventional military force"),
];

/// What is only intended: AGREE in PLOVER, and by what is intended a code of CAMEO's 03.
pub const INTENDED: &[(&str, &str, &str, &str, &str)] = &[
    ("CONSULT", "", "", "036", "Express intent to meet or negotiate"),
    ("SUPPORT", "", "", "032", "Express intent to engage in diplomatic cooperation"),
    ("COOPERATE", "", "military", "0312", "Express intent to cooperate militarily"),
    ("COOPERATE", "", "intelligence", "0314", "Express intent to cooperate on intelligence"),
    ("COOPERATE", "", "legal", "0313", "Express intent to cooperate on judicial matters"),
    ("COOPERATE", "", "economic", "0311", "Express intent to cooperate economically"),
    ("COOPERATE", "", "", "031", "Express intent to engage in material cooperation"),
    ("AID", "", "military", "0332", "Express intent to provide military aid"),
    ("AID", "", "peacekeeping", "0334", "Express intent to provide military protection or peacekeeping"),
    ("AID", "", "disasters", "0333", "Express intent to provide humanitarian aid"),
    ("AID", "", "health", "0333", "Express intent to provide humanitarian aid"),
    ("AID", "", "human_security", "0333", "Express intent to provide humanitarian aid"),
    ("AID", "", "economic", "0331", "Express intent to provide economic aid"),
    ("AID", "", "", "033", "Express intent to provide material aid"),
    ("CONCEDE", "", "economic", "0354", "Express intent to ease economic sanctions, boycott, embargo"),
    ("CONCEDE", "", "", "035", "Express intent to yield"),
    ("RETREAT", "release", "", "0353", "Express intent to release persons or property"),
    ("RETREAT", "access", "", "0355", "Express intent to allow international involvement"),
    ("RETREAT", "ceasefire", "", "0356", "Express intent to de-escalate military engagement"),
    ("RETREAT", "withdraw", "", "0356", "Express intent to de-escalate military engagement"),
    ("RETREAT", "disarm", "", "0356", "Express intent to de-escalate military engagement"),
    ("RETREAT", "", "", "035", "Express intent to yield"),
];

/// The code of an event; `None` for a type that is none of PLOVER's.
pub fn code(kind: &str, modes: &[String], contexts: &[String], intended: bool) -> Option<&'static str> {
    let has = |list: &[String], wanted: &str| wanted.is_empty() || list.iter().any(|x| x == wanted);
    let find = |table: &'static [(&'static str, &'static str, &'static str, &'static str, &'static str)]| {
        table.iter().find(|r| r.0 == kind && has(modes, r.1) && has(contexts, r.2)).map(|r| r.3)
    };
    intended.then(|| find(INTENDED)).flatten().or_else(|| find(TABLE))
}

/// True when PLOVER codes the type as AGREE as long as it is only intended: its cooperative types.
pub fn becomes_agree(kind: &str) -> bool {
    INTENDED.iter().any(|r| r.0 == kind)
}

/// PLOVER's quad code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
pub fn quad(kind: &str) -> Option<u8> {
    Some(match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "SANCTION" | "THREATEN" => 3,
        "PROTEST" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mulaqat::check::{CONTEXTS, modes, term};
    use mulaqat::record::EventType::{self, *};

    const TYPES: [EventType; 16] = [
        Consult, Agree, Support, Cooperate, Aid, Concede, Retreat, Request, Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce,
        Assault,
    ];

    #[test]
    fn every_type_has_a_code_and_every_row_a_term_of_the_record() {
        let mut rows = 0;
        for of in TYPES {
            let kind = term(of);
            assert!(code(&kind, &[], &[], false).is_some() && quad(&kind).is_some(), "{kind}");
            for (_, mode, context, ..) in TABLE.iter().chain(INTENDED).filter(|r| r.0 == kind) {
                assert!(mode.is_empty() || modes(of).contains(mode), "{kind} {mode}");
                assert!(context.is_empty() || CONTEXTS.contains(context), "{kind} {context}");
                rows += 1;
            }
        }
        assert_eq!(rows, TABLE.len() + INTENDED.len());
    }

    #[test]
    fn special_before_general() {
        let s = |l: &[&str]| l.iter().map(|x| x.to_string()).collect::<Vec<_>>();
        assert_eq!(code("CONSULT", &s(&["visit"]), &[], false), Some("042"));
        assert_eq!(code("CONSULT", &s(&["visit"]), &[], true), Some("036"));
        assert_eq!(code("RETREAT", &s(&["release"]), &s(&["military"]), false), Some("0841"));
        assert_eq!(code("THREATEN", &s(&["violence"]), &[], true), Some("138"));
    }

    /// The page shows every row, in this order.
    #[test]
    fn the_page_shows_the_table() {
        let page = include_str!("../../../docs/export.md");
        let row = |r: &(&str, &str, &str, &str, &str)| {
            let cell = |s: &str| if s.is_empty() { "".into() } else { format!(" `{s}`") };
            format!("| `{}` |{} |{} | {} | {} |", r.0, cell(r.1), cell(r.2), r.3, r.4)
        };
        for table in [TABLE, INTENDED] {
            let rows = table.iter().map(row).collect::<Vec<_>>().join("\n");
            assert!(page.contains(&rows), "docs/export.md lacks these rows:\n{rows}");
        }
    }
}
