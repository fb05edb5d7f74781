//! Who is who in invented sentences: the parser's tree and a small registry in, names of entities out.

use entente_model::{Article, EntityKind};
use entente_nlp::{Document, Pipeline};

use super::Entities;
use crate::actors::Actors;
use crate::positions::{self, Status};

const ACTORS: &str = r#"
actor = [
  { id = "Q212", name = "Ukraine", kind = "country", demonyms = ["Ukrainian", "Ukrainians"], government = ["Kyiv"], capital = "Kyiv" },
  { id = "Q142", name = "France", kind = "country", demonyms = ["French"], government = ["Paris"] },
  { id = "Q145", name = "United Kingdom", kind = "country", aliases = ["UK"], demonyms = ["British"] },
  { id = "Q30", name = "United States", kind = "country", aliases = ["US", "U.S."], demonyms = ["American", "Americans"], government = ["White House", "Washington"] },
  { id = "Q66096", name = "United States Senate", kind = "organization", class = "legislature", country = "United States", aliases = ["Senate"] },
  { id = "Q5987345", name = "International Committee of the Red Cross", kind = "organization", class = "ngo", aliases = ["Red Cross"] },
  { name = "the West", kind = "group" },
  { id = "Q36678", name = "West Bank", kind = "place" },
  { id = "Q43", name = "Turkey", kind = "country", demonyms = ["Turkish"], region = "Western Asia" },
  { id = "Q851", name = "Saudi Arabia", kind = "country", demonyms = ["Saudi"], region = "Western Asia" },
  { id = "Q686", name = "Vanuatu", kind = "country", region = "Melanesia" },
  { id = "Q7184", name = "NATO", kind = "organization", class = "alliance" },
  { id = "Q1899", name = "Kyiv", kind = "place", country = "Ukraine" },
  { id = "Q16559", name = "Austin", kind = "place", country = "United States" },
]
person = [
  { name = "Olena Kovalchuk", gender = "female", offices = [{ title = "president", of = "Ukraine", from = "2020", until = "2026" }] },
  { name = "Petro Melnyk", gender = "male", offices = [{ title = "foreign minister", of = "Ukraine", from = "2020" }] },
  { name = "Jean Moreau", gender = "male", offices = [{ title = "foreign minister", of = "France", from = "2021" }] },
  { name = "Kemal Tekin", gender = "male", offices = [{ title = "president", of = "Turkey", from = "2018" }] },
  { name = "Salem Faruq", gender = "male", offices = [{ title = "crown prince", of = "Saudi Arabia", from = "2017" }] },
  { name = "Nasser Faruq", gender = "male", offices = [{ title = "king", of = "Saudi Arabia", from = "2015" }] },
  { name = "Aylin Tekin", gender = "female", offices = [{ title = "first lady", of = "Turkey", from = "2018" }] },
  { name = "Jens Dahl", gender = "male", offices = [{ title = "secretary general", of = "NATO", from = "2014" }] },
  { name = "Mary Hale", gender = "female", offices = [{ title = "president", of = "United States", from = "2001", until = "2009" }] },
  { name = "John Hale", gender = "male", offices = [{ title = "president", of = "United States", from = "2021" }] },
]
"#;

fn resolve(text: &str, publisher: Option<&str>) -> (Document, Entities) {
    let words = |name: &str| {
        std::fs::read_to_string(format!("{}/../../data/lexicon/words/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    let lists = ["titles", "offices", "nominals"].map(|name| (format!("lexicon/{name}.toml"), words(name)));
    let files =
        std::iter::once(("actors.toml", ACTORS)).chain(lists.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let actors = Actors::load(files).unwrap();
    let article = Article {
        id: "a".into(),
        source: "a".into(),
        title: None,
        published: "2024-05-01".parse().ok(),
        publisher: publisher.map(str::to_owned),
        url: None,
        body: text.to_owned(),
    };
    let document = Pipeline::load().unwrap().parse(text);
    let entities = Entities::resolve(&document, &article, &actors);
    (document, entities)
}

/// The token of the last occurrence of a word.
fn token(document: &Document, word: &str) -> usize {
    (0..document.tokens().len()).rev().find(|&token| document.word(token) == word).unwrap()
}

fn names(entities: &Entities, found: &[usize]) -> Vec<String> {
    found.iter().map(|&entity| entities.get(entity).name.clone()).collect()
}

/// Whom the phrase of a word's last occurrence denotes.
fn check(text: &str, word: &str, expected: &[&str]) {
    let (document, entities) = resolve(text, None);
    assert_eq!(names(&entities, &entities.of_phrase(token(&document, word))), expected, "{word} in: {text}");
}

#[test]
fn our_allies_are_others() {
    check("Ukraine met France. We thank our allies.", "allies", &[]);
    check("Ukraine met France. The two allies agreed.", "allies", &["Ukraine", "France"]);
}

#[test]
fn a_capital_acts_for_its_country_and_is_a_city_as_a_place() {
    let (document, entities) = resolve("Kyiv said it would sign. The minister arrived in Kyiv.", None);
    let last = token(&document, "Kyiv");
    assert_eq!(names(&entities, &entities.of_phrase(0)), ["Ukraine"]);
    let city = entities.place_of(last).unwrap();
    assert_eq!(entities.get(city).id, "Q1899");
    assert_eq!(entities.get(city).kind, EntityKind::Place);
}

#[test]
fn organs_of_a_state_stand_for_it_and_its_people_do_not() {
    check("Senior Ukrainian officials welcomed the plan.", "officials", &["Ukraine"]);
    check("France's military sent a ship.", "military", &["France"]);
    check("The French and UK chiefs of staff visited the front.", "chiefs", &["France", "United Kingdom"]);
    check("Ukrainian refugees crossed the border.", "refugees", &[]);
    check("The Hale administration approved the package.", "administration", &["United States"]);
}

#[test]
fn a_surname_goes_back_to_the_full_name() {
    check("Leyla Adan met reporters. Later Adan left.", "Adan", &["Leyla Adan"]);
    check("Defence Secretary Peter Austin spoke. Mr. Austin left for home.", "Austin", &["Peter Austin"]);
}

#[test]
fn of_two_namesakes_the_one_in_office_is_meant() {
    check("President Hale met the French delegation.", "Hale", &["John Hale"]);
}

#[test]
fn a_transliteration_is_matched_within_office_and_country_alone() {
    check("Ukrainian Foreign Minister Petro Melnik spoke.", "Melnik", &["Petro Melnyk"]);
    check("The dentist Petro Melnik spoke.", "Melnik", &["Petro Melnik"]);
}

#[test]
fn an_office_without_a_name_is_its_holder() {
    check("The Ukrainian president thanked the allies.", "president", &["Olena Kovalchuk"]);
    check(
        "French Foreign Minister Jean Moreau met his Ukrainian counterpart on Monday.",
        "counterpart",
        &["Petro Melnyk"],
    );
}

#[test]
fn pronouns_find_the_subject_or_nobody() {
    check("Jean Moreau said he would travel.", "he", &["Jean Moreau"]);
    check("Olena Kovalchuk met Jean Moreau. She thanked France.", "She", &["Olena Kovalchuk"]);
    check("Jean Moreau met Petro Melnyk, and a friend of theirs saw him.", "him", &[]);
    check("Ukraine said its forces had left.", "forces", &["Ukraine"]);
}

#[test]
fn two_leaders_and_both_sides_are_those_just_named() {
    check(
        "Jean Moreau met Olena Kovalchuk. The two leaders signed a treaty.",
        "leaders",
        &["Jean Moreau", "Olena Kovalchuk"],
    );
    check("Ukraine held talks with France. Both countries agreed.", "countries", &["Ukraine", "France"]);
}

#[test]
fn quotes_know_their_speaker_and_we_is_the_speakers_side() {
    let (document, entities) = resolve("\"We will send help,\" Petro Melnyk said. \"I am sure of it.\"", None);
    let said = entities.speaker_of(token(&document, "help")).unwrap();
    assert_eq!(entities.get(said).name, "Petro Melnyk");
    assert_eq!(names(&entities, &entities.of_phrase(token(&document, "We"))), ["Ukraine"]);
    assert_eq!(names(&entities, &entities.of_phrase(token(&document, "I"))), ["Petro Melnyk"]);
}

#[test]
fn a_governments_publisher_is_we() {
    let (document, entities) =
        resolve("We welcome the agreement. The President will travel to Paris.", Some("White House"));
    assert_eq!(names(&entities, &entities.of_phrase(0)), ["United States"]);
    assert_eq!(names(&entities, &entities.of_phrase(token(&document, "President"))), ["John Hale"]);
}

#[test]
fn a_signed_text_speaks_for_its_signer() {
    let byline =
        "On the fires\n\nOlena Kovalchuk, President of Ukraine\n\nI thank all who helped. We stand with France.";
    check(byline, "I", &["Olena Kovalchuk"]);
    check(byline, "We", &["Ukraine"]);
    check("Statement from President John Hale on the Fires\n\nI spoke with the mayor today.", "I", &["John Hale"]);
    check("Dear Madam Speaker:\n\nI have sent a notice.\n\nSincerely,\n\nJOHN HALE", "I", &["John Hale"]);
    check("Olena Kovalchuk, President of Ukraine\n\nQuestion: I would like to ask.\n\nAnswer: Please.", "I", &[]);
}

#[test]
fn a_body_that_every_nation_has_is_that_of_the_nation_beside_it() {
    check("The Senate voted on Monday.", "Senate", &["United States Senate"]);
    check("France's Senate voted on Monday.", "Senate", &["Senate of France"]);
    check("The French Red Cross sent tents.", "Cross", &["French Red Cross"]);
    check("The Red Cross thanked France.", "Cross", &["International Committee of the Red Cross"]);
    check("The Government of the United Kingdom sent tents.", "Government", &["United Kingdom"]);
}

#[test]
fn a_short_name_is_the_full_one() {
    let text = "The Harbour Pilots Guild (HPG) met France in May. The HPG refused the plan.";
    check(text, "HPG", &["Harbour Pilots Guild"]);
    let (document, entities) = resolve("Petro Melnyk went to the West Bank.", None);
    assert_eq!(entities.get(entities.place_of(token(&document, "Bank")).unwrap()).name, "West Bank");
}

#[test]
fn counterparts_in_a_list_have_their_countries_in_order() {
    let text = "Petro Melnyk met his French and British counterparts, Jean Moreau and Ann Roe, in Kyiv.";
    let found: Vec<(String, String)> =
        positions_of(text).into_iter().map(|(person, owner, ..)| (person, owner)).collect();
    let pair = |person: &str, owner: &str| (person.to_owned(), owner.to_owned());
    assert_eq!(found, [pair("Jean Moreau", "France"), pair("Ann Roe", "United Kingdom")]);
}

/// Persons, owners, titles and statuses of all positions.
fn positions_of(text: &str) -> Vec<(String, String, String, Status)> {
    let (document, entities) = resolve(text, None);
    positions::find(&document, &entities)
        .into_iter()
        .map(|p| (entities.get(p.person).name.clone(), entities.get(p.organization).name.clone(), p.title, p.status))
        .collect()
}

fn check_position(text: &str, person: &str, owner: &str, title: &str, status: Status) {
    assert_eq!(positions_of(text), [(person.to_owned(), owner.to_owned(), title.to_owned(), status)], "{text}");
}

#[test]
fn offices_stand_before_behind_and_beside_names() {
    check_position(
        "Ukraine's Minister of Defence Leyla Adan spoke.",
        "Leyla Adan",
        "Ukraine",
        "minister of defence",
        Status::Held,
    );
    check_position("Leyla Adan, the head of NATO, spoke.", "Leyla Adan", "NATO", "head", Status::Held);
    check_position(
        "The new French defence minister, Marc Duval, spoke.",
        "Marc Duval",
        "France",
        "defence minister",
        Status::Held,
    );
    check_position("President Kovalchuk of Ukraine spoke.", "Olena Kovalchuk", "Ukraine", "president", Status::Held);
    check_position("Former French president Marc Duval spoke.", "Marc Duval", "France", "president", Status::Former);
    check_position(
        "Acting US Secretary of State Ann Roe spoke.",
        "Ann Roe",
        "United States",
        "secretary of state",
        Status::Acting,
    );
}

#[test]
fn a_local_body_is_one_of_the_place_named_last() {
    check_position(
        "Shells fell on Kyiv. The head of the local military administration, Leyla Adan, spoke.",
        "Leyla Adan",
        "Kyiv",
        "head of local military administration",
        Status::Held,
    );
    check_position(
        "The self-proclaimed president of France, Leyla Adan, spoke.",
        "Leyla Adan",
        "France",
        "president",
        Status::Claimed,
    );
}

#[test]
fn a_job_or_a_comma_makes_no_office() {
    assert_eq!(positions_of("The analyst Marc Duval spoke."), []);
    assert_eq!(positions_of("In a call with the French president, Leyla Adan asked for help."), []);
}

#[test]
fn an_office_at_the_top_is_told_apart_from_those_beside_it() {
    check("The Saudi crown prince received the Turkish president.", "prince", &["Salem Faruq"]);
    check("The Saudi king left for home.", "king", &["Nasser Faruq"]);
    check("The Saudi queen left for home.", "queen", &["Saudi Arabia"]);
    check("The Turkish opposition leader thanked France.", "leader", &[]);
    check("The NATO chief met the Turkish president in Ankara.", "chief", &["Jens Dahl"]);
}

#[test]
fn several_offices_in_one_are_several_people() {
    check("The presidents of Ukraine and Turkey met on Monday.", "presidents", &["Olena Kovalchuk", "Kemal Tekin"]);
    check("The French and Turkish presidents met on Monday.", "presidents", &["France", "Turkey"]);
}

#[test]
fn a_leader_is_known_by_surname_even_where_the_model_sees_no_person() {
    check("Tekin called Hale on Monday.", "Tekin", &["Kemal Tekin"]);
    check("Turkey's Tekin met France's Moreau in Rome.", "Moreau", &["Jean Moreau"]);
}

#[test]
fn a_description_is_the_one_side_that_it_fits() {
    check("Vanuatu thanked Saudi Arabia. The kingdom sent two ships.", "kingdom", &["Saudi Arabia"]);
    check("Vanuatu thanked France. The island nation received two ships.", "nation", &["Vanuatu"]);
    check("Vanuatu thanked Turkey. The Pacific country received two ships.", "country", &["Vanuatu"]);
    check("Vanuatu thanked France. The West African nation received two ships.", "nation", &[]);
    check("Turkey and Ukraine met on Monday. The two warring sides signed a deal.", "sides", &["Turkey", "Ukraine"]);
    check("NATO met in Rome. The military alliance thanked France.", "alliance", &["NATO"]);
}

#[test]
fn a_noun_takes_up_the_one_side_that_is_not_the_subject() {
    check("NATO sent an envoy. Kemal Tekin accused the alliance of arming rebels.", "alliance", &["NATO"]);
    check("Turkey closed a port. France accused the country of blackmail.", "country", &["Turkey"]);
    check("Turkey and Ukraine agreed on a text. NATO called on both sides to sign.", "sides", &["Turkey", "Ukraine"]);
    check("Turkey and Ukraine agreed on a text. NATO praised both governments.", "governments", &["Turkey", "Ukraine"]);
    check("France and Turkey met in Rome. Turkey urged its neighbour to stop.", "neighbour", &["France"]);
    check("France, Ukraine and Turkey met in Rome. Turkey urged its neighbour to stop.", "neighbour", &[]);
    check("Jean Moreau met Kemal Tekin in Rome. They thanked NATO.", "They", &["Jean Moreau", "Kemal Tekin"]);
}

#[test]
fn who_demands_means_another_by_it() {
    check("Turkey cut ties with France, accusing it of greed.", "it", &["France"]);
    check("Turkey accused France of greed and demanded that it leave.", "it", &["France"]);
    check("France sent ships to Rome. Turkey urged it to stop.", "it", &["France"]);
    check("France and Ukraine met in Rome. Turkey urged it to stop.", "it", &[]);
}

#[test]
fn nicknames_ranks_and_trades_are_told_from_names() {
    check("Cosmonaut Piotr Velen spoke. Velen left.", "Velen", &["Piotr Velen"]);
    check("French minister Pierre “Pip” Lavalle met reporters. Lavalle left.", "Lavalle", &["Pierre “Pip” Lavalle"]);
    check(
        "US Assistant Secretary of State for European and Eurasian Affairs Mary Kell spoke.",
        "Secretary",
        &["Mary Kell"],
    );
    check("Coast guard spokesman Commodore Jay Santello spoke.", "Santello", &["Jay Santello"]);
    check("An air force Hercules landed in Kyiv.", "Hercules", &[]);
}
