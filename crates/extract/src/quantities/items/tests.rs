//! Items in invented phrases, without a parser.

use super::*;
use crate::quantities::testing::flat;

fn found(text: &str) -> Vec<ItemMention> {
    let items = Items::load(include_str!("../../../../../data/lexicon/items.toml")).unwrap();
    let document = flat(text);
    items.find(&document, 0..document.tokens().len())
}

fn names(text: &str) -> Vec<String> {
    let name = |m: &ItemMention| match m.item.count {
        Some(count) => format!("{count} {}", m.item.name),
        None => m.item.name.clone(),
    };
    found(text).iter().map(name).collect()
}

#[test]
fn standard_names_and_counts() {
    for (text, expected) in [
        ("two batteries of Patriot surface-to-air missiles", &["2 Patriot battery"][..]),
        ("a Patriot battery", &["1 Patriot battery"]),
        ("another Patriot air defence system", &["1 Patriot system"]),
        ("Patriot air defense missile batteries", &["Patriot battery"]),
        ("Patriot missiles", &["Patriot missile"]),
        ("Patriots", &["Patriot system"]),
        ("Patriot and NASAMS anti-aircraft systems", &["Patriot system", "NASAMS system"]),
        ("NASAMS, IRIS-T and Patriot missiles", &["NASAMS missile", "IRIS-T missile", "Patriot missile"]),
        ("three IRIS-T SLM systems", &["3 IRIS-T system"]),
        ("12 HIMARS", &["12 HIMARS system"]),
        ("HIMARS ammunition", &["HIMARS ammunition"]),
        ("ammunition for HIMARS", &["HIMARS ammunition"]),
        ("missiles for Patriot air defense systems", &["Patriot missile"]),
        ("ATACMS long-range missiles", &["ATACMS missile"]),
        ("Storm Shadow cruise missiles", &["Storm Shadow missile"]),
        ("1,400 Stinger anti-aircraft systems", &["1400 Stinger system"]),
        ("2,000 Javelins", &["2000 Javelin missile"]),
        ("61 F-16 fighter jets", &["61 F-16 fighter jet"]),
        ("F-16s", &["F-16 fighter jet"]),
        ("F16 planes", &["F-16 aircraft"]),
        ("Mirage 2000-5 fighter planes", &["Mirage 2000 fighter jet"]),
        ("18 Leopard 2 tanks", &["18 Leopard 2 tank"]),
        ("14 Leopard 2A6 main battle tanks", &["14 Leopard 2 tank"]),
        ("31 M1 Abrams", &["31 Abrams tank"]),
        ("50 Bradley fighting vehicles", &["50 Bradley vehicle"]),
        ("Marder infantry fighting vehicles", &["Marder vehicle"]),
        ("six Caesar self-propelled howitzers", &["6 CAESAR howitzer"]),
        ("Bayraktar TB2 drones", &["Bayraktar drone"]),
        ("500 Starlink terminals", &["500 Starlink terminal"]),
        ("50,000 rounds of 155mm artillery ammunition", &["50000 155 mm artillery shell"]),
        ("50,000 155 mm rounds", &["50000 155 mm artillery shell"]),
        ("155-millimeter shells", &["155 mm artillery shell"]),
        ("155 mm and 105 mm artillery shells", &["155 mm artillery shell", "105 mm artillery shell"]),
        ("artillery rounds", &["artillery ammunition"]),
        ("ammunition for artillery", &["artillery ammunition"]),
        ("artillery and mortar rounds", &["artillery ammunition", "mortar round"]),
        ("anti-tank and anti-aircraft missiles", &["anti-tank missile", "anti-aircraft missile"]),
        ("anti-tank weaponry", &["anti-tank weapon"]),
        ("long-range anti-ship missiles", &["long-range anti-ship missile"]),
        ("interceptor missiles", &["interceptor missile"]),
        ("air defence interceptors", &["air defense interceptor"]),
        ("armoured personnel carriers", &["armored personnel carrier"]),
        ("more than 200 armored vehicles", &["200 armored vehicle"]),
        ("30 tents, used vehicles", &["30 tent", "used vehicle"]),
        ("30 modern German-made vehicles", &["30 vehicle"]),
        ("night-vision goggles", &["night vision device"]),
        ("100 million rounds of small arms ammunition", &["100000000 small arms ammunition"]),
        ("kamikaze drones", &["loitering munition"]),
        ("helmets and bulletproof vests", &["helmet", "body armor"]),
        ("mine-clearing equipment", &["demining equipment"]),
        ("weapons and equipment", &["weapon", "equipment"]),
        ("arms", &["arms"]),
        ("5,000 tons of wheat", &["wheat"]),
        ("20 truckloads of food and medicines", &["food", "medicine"]),
        ("2 million doses of vaccine", &["2000000 vaccine dose"]),
        ("2 million doses of the Moderna vaccine", &["2000000 Moderna vaccine dose"]),
        ("7.5 million vaccine doses", &["7500000 vaccine dose"]),
        ("500,000 COVID-19 vaccine doses", &["500000 COVID-19 vaccine dose"]),
        ("a million Pfizer doses", &["1000000 Pfizer vaccine dose"]),
        ("30 million life-saving doses", &["30000000 vaccine dose"]),
        ("tents, blankets and hygiene kits", &["tent", "blanket", "hygiene kit"]),
        ("700 tents", &["700 tent"]),
        ("half a million face masks", &["500000 face mask"]),
        ("dozens of tanks", &["tank"]),
        ("hundreds of thousands of shells", &["shell"]),
        ("a hundred generators", &["100 generator"]),
        ("oxygen concentrators and ventilators", &["oxygen concentrator", "ventilator"]),
        ("medical and food supplies", &["medical supply", "food"]),
        ("liquefied natural gas", &["liquefied natural gas"]),
        ("$150 million in artillery rounds", &["artillery ammunition"]),
        ("the $60 million vaccine package", &["vaccine"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn nothing_where_nothing_is_given() {
    for text in [
        "a think tank",
        "rounds of talks",
        "support",
        "two ministers",
        "",
        "a stinger in its tail",
        "an arms embargo",
        "food security",
        "drone strikes",
        "Senator Novak",
        "the food system",
        "greenhouse gas",
    ] {
        assert!(names(text).is_empty(), "{text}: {:?}", names(text));
    }
}

#[test]
fn tells_military_from_humanitarian() {
    let kinds = |text: &str| found(text).iter().map(|m| m.kind).collect::<Vec<_>>();
    assert_eq!(kinds("tanks, tents and trucks"), [AidKind::Military, AidKind::Humanitarian, AidKind::Other]);
    assert_eq!(kinds("Patriot batteries and tactical medical equipment"), [AidKind::Military, AidKind::Military]);
}

#[test]
fn gives_the_tokens() {
    let document = flat("They sent 700 winter tents to Chad.");
    let mention = &found("They sent 700 winter tents to Chad.")[0];
    assert_eq!(document.text_of(mention.tokens.clone()), "winter tents");
}
