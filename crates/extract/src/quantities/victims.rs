//! Words for what happens to people in an attack, and for the people.
//!
//! In: a word. Out: what it tells about victims. The words are closed classes of English, not a lexicon to extend.

/// What happened to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Killed,
    Injured,
}

/// The fate that a word tells.
pub(super) fn fate(word: &str) -> Option<Fate> {
    Some(match word {
        "kill" | "kills" | "killed" | "killing" | "slay" | "slain" | "slaying" | "murdered" | "murdering"
        | "massacred" | "slaughtered" | "executed" | "beheaded" | "assassinated" | "martyred" | "die" | "died"
        | "dies" | "dying" | "perished" | "dead" | "deaths" | "death" | "fatalities" | "fatality" | "lives"
        | "life" | "toll" => Fate::Killed,
        "injure" | "injures" | "injured" | "injuring" | "wound" | "wounds" | "wounded" | "wounding" | "hurt"
        | "hurting" | "maimed" | "maiming" | "injuries" | "injury" => Fate::Injured,
        _ => return None,
    })
}

/// Whether the word may have its victims behind it: "killing 30".
pub(super) fn takes_object(word: &str) -> bool {
    matches!(
        word,
        "kill"
            | "kills"
            | "killed"
            | "killing"
            | "murdered"
            | "massacred"
            | "slaughtered"
            | "executed"
            | "injure"
            | "injures"
            | "injured"
            | "injuring"
            | "wound"
            | "wounds"
            | "wounded"
            | "wounding"
            | "hurt"
            | "hurting"
            | "maiming"
    )
}

/// Words between a verb and the number of its victims.
pub(super) fn is_bound(word: &str) -> bool {
    matches!(
        word,
        "at" | "least"
            | "more"
            | "than"
            | "about"
            | "some"
            | "around"
            | "up"
            | "to"
            | "as"
            | "many"
            | "nearly"
            | "over"
            | "almost"
            | "an"
            | "estimated"
            | "another"
            | "a"
            | "further"
            | "all"
            | "approximately"
            | "roughly"
            | "total"
            | "of"
    )
}

/// Words between a number and the fate of so many people.
pub(super) fn may_stand_between(word: &str) -> bool {
    is_person(word.strip_suffix('s').unwrap_or(word))
        || matches!(
            word,
            "people"
                | "others"
                | "other"
                | "more"
                | "men"
                | "women"
                | "children"
                | "were"
                | "was"
                | "are"
                | "have"
                | "has"
                | "had"
                | "been"
                | "being"
                | "also"
                | "left"
                | "reported"
                | "reportedly"
                | "confirmed"
                | "feared"
                | "police"
                | "personnel"
                | "troops"
                | "lives"
                | "others'"
                | "further"
                | "additional"
                | "members"
                | "seriously"
                | "badly"
                | "critically"
                | "severely"
                | "lightly"
                | "slightly"
                | "policemen"
                | "servicemen"
                | "gunmen"
                | "dead"
                | "foreign"
                | "local"
                | "civilian"
                | "military"
                | "army"
                | "of"
                | "them"
                | "whom"
        ) && !matches!(word, "of" | "lives")
}

/// Whether a noun in the singular names a human being.
pub(super) fn is_person(lemma: &str) -> bool {
    const PEOPLE: &str = "activist adult aide airman ambassador assailant attacker baby bodyguard bomber boy brother bystander \
        cameraman captain captive chief child citizen civilian cleric colonel commander commuter contractor cop correspondent \
        crewman daughter demonstrator deputy detainee diplomat doctor driver editor employee engineer farmer father fighter \
        firefighter fisherman foreigner general girl governor guard gunman helper hostage husband imam infant insurgent \
        interpreter journalist judge king lawmaker lawyer leader lieutenant major man marine mayor medic member migrant \
        militant militiaman minister minor mother national neighbor newborn nurse nun officer official operative pedestrian \
        paramedic passenger pastor patient peacekeeper pensioner person photographer pilot policeman policewoman politician \
        pope premier president priest prisoner professor prosecutor protester rebel recruit refugee reporter rescuer resident \
        sailor schoolboy schoolgirl scientist senator sergeant serviceman settler sheikh shopper sister soldier son spokesman \
        spokeswoman spy student staffer suspect taxi teacher teenager terrorist toddler tourist translator traveler trooper \
        vendor veteran victim villager visitor volunteer waiter warlord wife witness woman worker worshipper youngster youth";
    PEOPLE.split_whitespace().any(|person| person == lemma)
}

/// Whether a noun names an animal, which no toll counts.
pub(super) fn is_animal(lemma: &str) -> bool {
    matches!(
        lemma,
        "animal"
            | "cow"
            | "cattle"
            | "sheep"
            | "goat"
            | "dog"
            | "cat"
            | "horse"
            | "camel"
            | "bird"
            | "chicken"
            | "pig"
            | "fish"
            | "elephant"
            | "livestock"
            | "buffalo"
            | "donkey"
            | "hen"
    )
}

/// "himself": the one who does it to others.
pub(super) fn is_reflexive(word: &str) -> bool {
    matches!(word, "himself" | "herself" | "themselves" | "itself")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_dead_from_the_injured() {
        assert_eq!((fate("slain"), fate("hurt"), fate("arrested")), (Some(Fate::Killed), Some(Fate::Injured), None));
    }

    #[test]
    fn a_person_is_no_animal() {
        assert!(is_person("nurse") && !is_animal("nurse") && is_animal("goat") && !is_person("goat"));
    }
}
