"""The texts of the reference corpus: written for this project, the longer half put together from phrases by a seed.

Run:  python tools/reference_texts.py > crates/nlp/tests/reference/texts.jsonl
All people are invented; countries and public offices are real; nothing happened.
"""

import json
import random
import re

HAND = r"""
President Arlo Venn met Prime Minister Ilse Drost in Vienna on Tuesday to discuss a ceasefire.
Kyiv hosted talks on Monday. Nobody signed anything.
"We will not wait," said Ms. Drost. "Our partners won't either."
“We’re ready to help,” the minister said. “It’s what friends do — isn’t it?”
‘Aid is coming,’ he said, ‘but it’s late.’
The U.S. pledged $3.5bn in aid; the U.K. added £200m, and the E.U. promised €1.2 billion.
The bank lent Fr. 20m, ¥5,000, ₹300 crore and US$4m to Mr. Okoro's firm.
Gen. Tarek Bellamy, Lt. Col. Ana Ruiz and Dr. J. R. Holm left at 10 a.m. on Sept. 3.
He arrived at 10am, left at 4:30pm and didn't say why; they'd've told us otherwise.
I can't, won't and shan't; you'd better not; she's gone; he'd gone; they've gone; we're going.
Gimme the docs, gonna read 'em, gotta go, lemme see, dunno why, c'mon y'all.
See https://www.example.org/news/2026/11/talks?id=42#top or write to press.office@example.org.
Visit example.com, www.example.net/a_b-c, ftp://files.example.org:2121/x and http://192.0.2.17:8080/status.
The server at 10.0.0.1 answered, the one at 8.8.8.8 did not; lower.Upper is no address.
Talks failed :( but then resumed :-) and ended well ;) <3 :D
Great news 🎉🎉 for everyone 👍🏽! Flags: 🇺🇦 🇵🇱 and a family 👨‍👩‍👧.
The summit (held in Doha [Qatar]) ended "well" -- or so they said...
Wait... what?! No way!! Really??? Yes…… perhaps…
The price rose 3.5% to $1,234.56/t, 12km² burned, 5kg fell, and it was -4°C. It was 30°F. outside.
The 100m-long bridge, a 5km/h limit, 20mph winds and a 30GB file.
North Korea-backed hackers hit South-East Asian state-run banks in a well-known, ten-year-old scheme.
The Israel/Hamas talks, the Serbia–Kosovo deal and the 2014—2020 budget.
and/or, his/her, 24/7, 9/11, 1/2, km/h, w/o, A/C, TCP/IP
Items: 1) grain; 2) fuel; 3) tents. a) first b) second (c) third
1. Introduction\n2. Background\n\n3. Results and next steps
Key facts:\n- 300 tonnes of wheat\n- 40 generators\n• two field hospitals\n* one bridge
HEADLINE IN CAPITALS AS AGENCIES WRITE IT\n\nVIENNA (Newswire) — Delegates met on Friday.
  Leading blanks,  double  blanks ,and broken spacing .Next sentence starts here.
Tabs\tbetween\twords\tand a no-break space\u00a0here, a thin\u2009space there.
\n\n\nThree breaks first.\n\n\n\nThen four.\r\nThen a return.
Zürich's café owner, naïve façade, Łódź, São Tomé, Curaçao, İstanbul and Kraków.
Президент встретился с министром в Киеве во вторник.
习近平主席在北京会见了代表团。会谈持续了两个小时。
التقى الرئيس بالوزير في القاهرة يوم الثلاثاء.
राष्ट्रपति ने मंगलवार को दिल्ली में मंत्री से मुलाकात की।
Ο πρόεδρος συναντήθηκε με τον υπουργό στην Αθήνα.
ראש הממשלה נפגש עם השר בירושלים.
東京で首脳会談が開かれた。The leaders spoke for an hour.
The word мир means both "peace" and "world" in Russian; 和平 means peace in Chinese.
E=mc², x^2+y^2=z^2, 2*3=6, 10-4=6, a+b, 3+4, +5, 5+
#ceasefire @UN_Spokes RT: "Talks on!" #PeaceNow2026
The S&P 500, AT&T, Q&A, R&D, Johnson & Sons, PwC and H&M.
No. 5, vol. 3, pp. 12-14, fig. 2, cf. ch. 7, et al., i.e. all, e.g. some, etc.
U.N., N.A.T.O., Ph.D., B.Sc., D.C., L.A., Jan., Feb., Aug., Inc., Ltd., Co., Corp., Jr., St., vs., v.
He lives at 12 St. John's Rd., Apt. 4, Springfield, Ill. 62701, U.S.A.
Call +1 (202) 555-0143 or 0043-1-555-0199 ext. 12.
The 1990s, the '90s, the 90's, mid-1980s, 21st century, 3rd, 2nd, 1st, 44th
Twenty-one people died, one-third of them children; three-quarters fled; two and a half thousand returned.
On 12 March 2026, 12/03/2026, 2026-03-12, March 12th, 2026, and 12.03.2026
At 08:30 GMT (10:30 local time), 8.30am, 20h15, noon, midnight
The minister's, the ministers', James's, the boss' and Congress's views differ.
It's its own fault that it's lost its way.
The bill passed 217-213. The team won 3–1. Shares fell 2-for-1. The vote was 9:6.
She said: "He told me, 'Go home,' and I did."
"Will they sign?" he asked. "Perhaps," she replied; "perhaps not."
“No comment”, “none at all”, said the spokeswoman; „nein“, «non», 「いいえ」.
The so-called 'peace plan' is dead, isn't it?
"To be, or not to be" -- that's it.
We, the undersigned, agree: (i) to stop; (ii) to withdraw; (iii) to pay.
Article 5(2)(b) of Regulation (EU) No 1234/2026 shall apply.
<p>Paragraph with <b>bold</b> text &amp; an entity</p>
**Bold** text, _underlined_ words, `code()` and ~~deleted~~ parts.
foo_bar, foo.bar(), C++, C#, .NET, node.js, U+00E9, \n, \t and 0xFF
$$$ *** --- ___ ... !!! ??? ,,, ;;; ::: ((( ))) [[[ ]]] {{{ }}}
a. b. c. A. B. C. i. ii. iii. x. y. z.
O.K. then. OK? Okay! ok ok. Nope.
Mr Venn and Mrs Drost; Messrs. Holm and Ruiz; Sir A. B. Cole; the Rev. Amos Pike; Sen. Lowe (R-Tex.); Rep. Shah (D., Calif.)
The ex-president, vice-chairman, co-author, non-member, anti-war, pro-peace, re-elect, pre-war, post-conflict and mid-November.
F-16s, Su-35s, T-72, M1A1, S-400, HIMARS, 155-mm shells, 9mm rounds, AK-47s
COVID-19, SARS-CoV-2, H5N1, CO2, H2O, PM2.5
the the the a a an an of of
Yes
.
...
!
   
A
I
a b
(
)
""
—
Hello
Hello.
Hello world!
Fire.Water.Air.Earth
fire,water,air,earth
fire-water-air-earth
fire:water=air/earth<sea>sky
He's n't cannot can not ca n't gonna wanna gotta
Don't you dare! Aren't we all? Weren't they? Mustn't I? Needn't he? Mightn't she? Ain't it? Ain’t it?
'Tis the season; 'twas the night; rock 'n' roll; o'clock; ma'am; d'etat; L'Aquila; O'Brien's
Lovin' it, doin' fine, nothin' new, goin' home, ol' man, somethin' else, 'em, 'cause, 'bout, 'nuff
It cost 5 dollars, 10 euros, twenty pounds and some yen: $5, 10€, £20, 30¥, 40 USD, CHF50, A$60, C$70.
€5m-€6m; $1m–2m; 5-6 million; between 3,000 and 4,000; over 1.000.000; approx. 1 000 000
The figures were 12 345, 12,345, 12.345 and 12'345.
temperature 20-25°C, wind 5-10 m/s, 1013 hPa, 50 Hz, 3 GHz, 60W
Over 2/3 of 1/4 of 7½ million; 3¼; ⅓; 10²; 5×3; 8÷2; ±3; ≈40; ≤5; ≥6; ≠7
Note: see § 3, ¶ 4, † and ‡; © 2026, ™, ®.
He wrote “[sic]” and “(…)” and “[...]” in the text.
Dear Sir/Madam,\n\nWe write to you about the talks.\n\nYours sincerely,\nA. Venn
Q: Will you sign?\nA: We will see.\nQ: When?\nA: Soon.
SPEAKER: Order! The Prime Minister.\nTHE PRIME MINISTER: Mr. Speaker, I am grateful.
Reporter: Sir, will you—\nThe President: No. Next question.
(Applause.) Thank you. (Laughter.) Thank you all very much.
Photo: Anna Holm/Newswire. Caption: Delegates shake hands in Oslo, Nov. 3, 2026.
By Tom Pike and Ana Ruiz | Oslo | 3 min read | Updated 14:05
Read more: What we know so far › Ceasefire talks › Timeline »
Tags: aid, Sudan, UN; Section: World; ID: 2026-11-03-0042
FOR IMMEDIATE RELEASE\nContact: Press Office, +41 22 555 01 23\n\nGENEVA, 3 November 2026 – The agency today announced a new grant.
Who said what to whom, when, where, why and how?
What the minister said was that what she had been told was what he had heard.
Having been warned not to, the men, whom nobody had seen since Friday, did what they had come to do.
There were two of them, there is one now, and there will be none.
Let's go. Let us pray. Let them wait.
Not only did the ministers meet, but they also agreed to meet again.
Had they known, they would have left; were it so, all would be well.
The more they talk, the less they do.
Such was the anger that neither the mayor nor the police dared to appear.
It was the governor who, despite everything, refused.
The convoy, carrying flour, oil and medicine, was stopped, searched and sent back.
Asked whether he would resign, the minister, who had been in office for just nine days, said: "No."
He gave her the letter she had asked him to give her.
Time flies like an arrow; fruit flies like a banana.
The old man the boats. The horse raced past the barn fell.
Police police police. Buffalo buffalo.
She did it herself; they saw themselves; it speaks for itself.
Everyone, someone, anything, nobody and nothing mattered to anyone anywhere.
Above all, as of now, in spite of this, because of that, according to him, out of fear, up to ten.
Please help! Stop it. Be quiet. Never mind. Go away, all of you!
Oh dear, well, um, yes, no, hey, wow, alas, goodbye.
To err is human; to forgive, divine.
Seeing is believing, and being seen to be doing something is what counts.
The best, better, good; worse, worst, bad; farther, furthest; most, more, many; least, less, little
mice, geese, children, men, women, oxen, criteria, phenomena, data, media, analyses, bases, leaves, knives
went, gone, was, were, been, had, did, done, lay, lain, lied, laid, rose, raised, fell, felt, felled, ran, swam
fulfilled, fulfilling, installed, enrolling, auspices, means, species, series, news, politics, barracks, headquarters
studies, studying, dying, lying, tying, agreed, freed, panicked, travelled, traveled, occurring, benefited
faster, fastest, happier, happiest, bigger, thinnest, freer, freest, shyer, later, latest, latter
"""

ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\u00a0": "\u00a0", "\\u2009": "\u2009"}

PEOPLE = (
    "Arlo Venn|Ilse Drost|Tarek Bellamy|Ana Ruiz|Jonas Holm|Mirela Costan|Samuel Okoro|Leila Haddad|Pavel Zorin|Ingrid Moe|"
    "Hideo Tanabe|Maya Shah|Tom Pike|Carla Mendes|Yusuf Demir|Nadia Orlov|Peter Lowe|Amina Diallo|Viktor Hales|Rosa Quint|"
    "Kwame Boadi|Elena Marku|Rashid Karimi|Sofia Lind|Daniel Ferro"
).split("|")
OFFICES = (
    "President|Prime Minister|Foreign Minister|Defence Minister|Secretary of State|Chancellor|Vice President|Finance Minister|"
    "Ambassador|Special Envoy|Interior Minister|Speaker|Deputy Prime Minister|Energy Secretary|National Security Adviser"
).split("|")
COUNTRIES = (
    "Ukraine|France|Germany|Poland|Kenya|Ethiopia|Sudan|Japan|South Korea|India|Brazil|Mexico|Canada|Turkey|Egypt|Jordan|"
    "Lebanon|Armenia|Azerbaijan|Georgia|Moldova|Serbia|Kosovo|Norway|Sweden|Finland|Vietnam|Indonesia|Nigeria|Ghana|Chile|"
    "the United States|the United Kingdom|the Netherlands|the Philippines|Saudi Arabia|the United Arab Emirates|New Zealand"
).split("|")
PEOPLES = (
    "Ukrainian|French|German|Polish|Kenyan|Japanese|Indian|Brazilian|Canadian|Turkish|Egyptian|American|British|Dutch|Saudi|"
    "Norwegian|Swedish|Vietnamese|Nigerian|Chilean"
).split("|")
CITIES = (
    "Kyiv|Paris|Berlin|Warsaw|Nairobi|Addis Ababa|Khartoum|Tokyo|Seoul|New Delhi|Brasilia|Ottawa|Ankara|Cairo|Amman|Beirut|"
    "Yerevan|Baku|Tbilisi|Oslo|Geneva|Vienna|New York|Washington|London|The Hague|Doha|Riyadh|Brussels|Hanoi|Lagos|Santiago"
).split("|")
BODIES = (
    "the United Nations|NATO|the European Union|the African Union|ASEAN|the World Bank|the IMF|the World Food Programme|UNICEF|"
    "the Red Cross|the Security Council|the European Commission|the OSCE|the Arab League|the International Criminal Court|the G7"
).split("|")
DAYS = (
    "on Monday|on Tuesday|on Wednesday morning|on Thursday evening|on Friday|over the weekend|late on Saturday|last week|"
    "earlier this month|on 3 November|on Nov. 14, 2026|yesterday|this week|in March|two days later|at the end of October|in 2025"
).split("|")
AMOUNTS = (
    "$3.5 billion|€200 million|£45m|$61bn|50 million euros|more than $1.2 million|at least 300 million dollars|¥12 trillion|"
    "about $750,000|€1.5bn|up to $90 million|nearly half a billion dollars"
).split("|")
GOODS = (
    "air defence systems|155-mm shells|wheat|medical supplies|generators|winter tents|F-16 fighter jets|armoured vehicles|"
    "baby formula|drinking water|fuel|demining equipment|Patriot missiles|vaccines|solar panels|field hospitals"
).split("|")
TOPICS = (
    "a ceasefire|the release of prisoners|trade|climate finance|the border dispute|nuclear safety|energy security|migration|"
    "the war|grain exports|fishing rights|a visa waiver|debt relief|the crisis in the north|regional stability|tariffs"
).split("|")
DEALS = (
    "a free trade agreement|a memorandum of understanding|a security pact|a ten-year defence agreement|a prisoner swap|"
    "the Treaty on Shared Waters|a joint declaration|an extradition treaty|a letter of intent|the Oslo Protocol"
).split("|")
REGIONS = "Kharkiv|Darfur|Tigray|Sinai|Kashmir|the Donbas|Idlib|Gaza|the Sahel|Abkhazia|Rakhine State|eastern Congo".split("|")

SENTENCES = (
    "{office} {person} of {country} met {office} {person} in {city} {day} to discuss {topic}.|"
    "{country} pledged {amount} in aid to {country} {day}, {office} {person} said.|"
    "{country} will send {number} {goods} to {country}, officials in {city} announced {day}.|"
    "{Country} and {country} signed {deal} {day} after {number} rounds of talks.|"
    "Troops backed by {country} shelled {region} {day}, killing {number} people and wounding {number} others, according to {body}.|"
    "{Body} condemned the attack “in the strongest terms” and called for {topic}.|"
    "“{quote},” {person} told reporters in {city}. “{quote}.”|"
    '"{quote}," said {person}, the {people} {lowoffice}.|'
    "{person}, who has led the {people} delegation since {year}, said that {country} would not accept {deal} without {topic}.|"
    "The {people} government denied that it had supplied {goods} to rebels in {region}.|"
    "Asked about {topic}, Mr {last} said he “could not comment”, but a spokesman for {body} confirmed the report.|"
    "{Country} imposed sanctions on {number} companies and {number} individuals linked to {country} {day}.|"
    "{Body}, which is based in {city}, has called the situation in {region} “catastrophic” – a view shared by {country}, {country} and {country}.|"
    "In a telephone call {day}, {office} {last} and {person} agreed to resume talks on {topic} “as soon as possible”.|"
    "According to a statement published {day}, the {amount} package includes {goods}, {goods} and {goods}.|"
    "If {country} does not ratify {deal} by {year}, {body} may cut funding by {percent}%.|"
    "{person} is expected to travel to {city} next week for a summit of {body}.|"
    "Neither {country} nor {country} has commented on the claim, which could not be independently verified.|"
    "The ministers did not sign {deal}; they did, however, agree to set up a working group on {topic}.|"
    "At least {number} civilians have been killed in {region} since the fighting began in {year}, {body} says.|"
    "It was the first visit by a {people} leader to {city} in {number} years.|"
    "{person}'s predecessor, {person}, had refused to discuss {topic} with {country}.|"
    "Under the deal, {country} would receive {goods} worth {amount}, while {country} would withdraw its troops from {region} by {year}.|"
    "“{quote}?” she asked.|"
    "{Country}'s parliament voted {number}-{number} {day} to approve {deal} with {country}.|"
    "{office} {person} (pictured) thanked {country} for its “unwavering support” and urged {body} to do more.|"
    "Talks between {country} and {country} on {topic} collapsed {day} when the {people} delegation walked out.|"
    "The price of wheat rose by {percent} per cent in {city} {day}, its sharpest rise since {year}.|"
    "U.S. {office} {person} arrived in {city} {day} for a two-day visit that will include talks with {person} and a visit to {region}.|"
    "Rescue workers pulled {number} survivors from the rubble, but hopes of finding more were fading.|"
    "The proposal, drafted by {country} with help from {body}, would see {goods} delivered through a corridor near {region}.|"
    "{person} accused {country} of “deliberately” blocking {goods} bound for {region}, a charge that {city} rejects.|"
    "There is no military solution, {person} insisted; only {topic} can bring peace to {region}.|"
    "The {people}-led coalition said it had intercepted {number} drones overnight.|"
    "“It's too early to say whether {quote_tail},” a senior {people} official, speaking on condition of anonymity, said.|"
    "{Body} estimates that {amount} will be needed to rebuild {region} — {percent}% more than last year.|"
    "She added: “{quote}.”|"
    "He urged both sides to show restraint, abide by {deal} and allow aid workers in.|"
    "For more, see https://www.example.org/{word}/{year}.|"
    "({city}, {year}) – {Body} has appointed {person} as its new envoy for {region}."
).split("|")
QUOTES = (
    "We stand with the people of {country}|This is not a time for half measures|We don't have a choice|Every child deserves to live in peace|"
    "I've spoken to {person}, and we agree on almost everything|Nobody should doubt our resolve|The talks were frank and useful|"
    "We haven't received a single dollar|Our position on {topic} has not changed|That's simply false|They promised {goods}; they sent nothing|"
    "We will deliver {goods} as long as it takes|It wasn't us who broke {deal}|You can't negotiate with a gun to your head"
).split("|")
TAILS = "{country} will sign {deal}|the truce is holding|{person} knew about it|we'll see results|{body} can pay for it".split("|")
HEADLINES = (
    "{Country} pledges {amount} to {country}|{last} to meet {last} in {city}|{Body} condemns attack in {region}|LIVE: Talks on {topic}|"
    "Explainer: What is in {deal}?|{Country}, {country} sign {deal}|UPDATE 2-{Country} sends {goods} to {country} -sources|Background|"
    "Readout of {office} {person}'s Call with {office} {person} of {country}|FACT SHEET: {Country} Announces New Aid|Key points|What next?"
).split("|")


def fill(template, random):
    def one(match):
        name = match.group(1)
        lists = {
            "office": OFFICES, "person": PEOPLE, "country": COUNTRIES, "city": CITIES, "day": DAYS, "topic": TOPICS,
            "amount": AMOUNTS, "goods": GOODS, "deal": DEALS, "region": REGIONS, "people": PEOPLES, "body": BODIES,
        }
        if name in lists:
            return random.choice(lists[name])
        if name in ("Country", "Body"):
            text = random.choice(lists[name.lower()])
            return text[0].upper() + text[1:]
        if name == "lowoffice":
            return random.choice(OFFICES).lower()
        if name == "last":
            return random.choice(PEOPLE).split()[-1]
        if name == "number":
            return random.choice(["two", "seven", "12", "dozens of", "about 40", "150", "1,200", "more than 3,000", "17"])
        if name == "percent":
            return random.choice(["3", "12.5", "40", "0.8"])
        if name == "year":
            return str(random.randint(1991, 2026))
        if name == "word":
            return random.choice(["news", "world", "press", "stories"])
        if name == "quote":
            return fill(random.choice(QUOTES), random)
        return fill(random.choice(TAILS), random)

    return re.sub(r"\{(\w+)\}", one, template)


def article(random):
    parts = []
    if random.random() < 0.5:
        parts.append(fill(random.choice(HEADLINES), random))
    for _ in range(random.randint(1, 4)):
        if random.random() < 0.12:
            parts.append(fill(random.choice(HEADLINES), random))
        if random.random() < 0.1:
            mark = random.choice(["- ", "• ", "* ", "1. "])
            parts += [mark + fill(random.choice(["{goods}", "{number} {goods}", "{deal}", "{topic}"]), random) for _ in range(3)]
        parts.append(" ".join(fill(random.choice(SENTENCES), random) for _ in range(random.randint(1, 4))))
    text = random.choice(["\n\n", "\n\n", "\n", " "]).join(parts)
    if random.random() < 0.1:
        text = text.replace("“", '"').replace("”", '"').replace("’", "'")
    if random.random() < 0.05:
        text = text.replace(". ", ".", 1).replace(" ", "  ", 2)
    return text


def main():
    generator = random.Random(20261121)
    for line in HAND.split("\n")[1:-1]:
        if "U+00E9" not in line:  # the line that shows escapes as text
            for escape, character in ESCAPES.items():
                line = line.replace(escape, character)
        print(json.dumps({"text": line}, ensure_ascii=False))
    for _ in range(260):
        print(json.dumps({"text": article(generator)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
