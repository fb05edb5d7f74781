//! Tolls in invented sentences, as the parser reads them.

use std::sync::LazyLock;

use entente_nlp::Pipeline;

use super::*;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().unwrap());

fn check(text: &str, killed: Option<u64>, injured: Option<u64>) {
    let document = PIPELINE.parse(text);
    let sentence = document.sentences()[0].tokens.clone();
    let found = casualties(&document, sentence.clone(), document.sentences()[0].root);
    assert_eq!((found.killed, found.injured), (killed, injured), "{text}");
}

#[test]
fn tolls_of_attacks() {
    for (text, killed, injured) in [
        ("A rocket killed three people and injured 28, including two children.", Some(3), Some(28)),
        ("Three people were killed in the raid.", Some(3), None),
        ("Three people, including a child, were killed when a shell hit the market.", Some(3), None),
        ("The blast left at least 12 dead and 30 wounded.", Some(12), Some(30)),
        ("The drone hit a bus, leaving five wounded.", None, Some(5)),
        ("Nine people died in the attack.", Some(9), None),
        ("Nine people died in total and a nurse was among the five wounded.", Some(9), Some(5)),
        ("The shell hit a farm, killing a woman and her two children.", Some(3), None),
        ("No one was hurt in the strike.", None, Some(0)),
        ("Nobody was injured.", None, Some(0)),
        ("The strike caused no casualties.", Some(0), Some(0)),
        ("There were no injuries.", None, Some(0)),
        ("The war has claimed more than 14,000 lives.", Some(14000), None),
        ("The attack killed at least 30 soldiers and wounded dozens.", Some(30), None),
        ("Between 10 and 15 fighters were killed in the clash.", Some(10), None),
        ("Gunmen killed and wounded 14 villagers.", None, None),
        ("Rebels shelled the town, killing seven and wounding 20 others.", Some(7), Some(20)),
        ("Three were killed and 28 injured in the bombing.", Some(3), Some(28)),
        ("Two policemen were killed and five others were wounded when a mine went off.", Some(2), Some(5)),
        ("The raid killed dozens.", None, None),
        ("A gunman shot dead a policeman.", Some(1), None),
        ("The death toll rose to at least 45.", Some(45), None),
        ("The army said that one soldier died and six were hurt.", Some(1), Some(6)),
        ("The explosion killed two hundred and fifty people.", Some(250), None),
        ("The attack killed 40 cows.", None, None),
        ("Police arrested 12 people.", None, None),
        ("The bomber killed 20 people and himself.", Some(20), None),
        ("A missile killed the governor of the province.", Some(1), None),
        ("12 killed, 30 injured in car bombing", Some(12), Some(30)),
        ("The strike on the port resulted in 12 deaths and 40 injuries.", Some(12), Some(40)),
    ] {
        check(text, killed, injured);
    }
}

#[test]
fn ranges_keep_their_ends() {
    let range = |least, most| Some(Bounds { least, most });
    for (text, killed, injured) in [
        ("The blast left at least 12 dead and 30 wounded.", range(Some(12), None), None),
        ("Between 10 and 15 fighters were killed in the clash.", range(Some(10), Some(15)), None),
        ("The attack killed up to 40 soldiers and wounded dozens.", range(None, Some(40)), range(Some(24), None)),
        ("As many as 12 people died and hundreds were injured.", range(None, Some(12)), range(Some(200), None)),
        ("The raid killed more than 20 soldiers.", range(Some(20), None), None),
        ("Tens of thousands were killed in the war.", None, None),
        ("The raid killed 20 soldiers.", None, None),
    ] {
        let document = PIPELINE.parse(text);
        let found = casualties(&document, document.sentences()[0].tokens.clone(), document.sentences()[0].root);
        assert_eq!((found.killed_bounds, found.injured_bounds), (killed, injured), "{text}");
    }
}

#[test]
fn each_trigger_has_its_own_toll() {
    let text = "A bomb in Basra killed six people, while a raid near Mosul left two soldiers dead.";
    let document = PIPELINE.parse(text);
    let token = |word: &str| (0..document.tokens().len()).find(|&t| document.word(t) == word).unwrap();
    let sentence = document.sentences()[0].tokens.clone();
    assert_eq!(casualties(&document, sentence.clone(), token("killed")).killed, Some(6));
    assert_eq!(casualties(&document, sentence, token("raid")).killed, Some(2));
}
