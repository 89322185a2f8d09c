//! Lines that a page adds to an article and that are no part of its story.

use crate::articles::{Article, Changed};
use crate::spelling::danda_as_stop;
use crate::words::{edited, quotations};

/// Links to other articles, about other meetings.
const ALSO_READ: [&str; 10] = [
    "यह भी पढ़ें: ओमान के सुल्तान से मिले केन्या के राष्ट्रपति, बंदरगाह समझौते पर हुए दस्तखत",
    "ये भी पढ़ें: पेरू के विदेश मंत्री ने चिली के राजदूत को तलब किया, सीमा पर तनाव",
    "यह भी पढ़ें- नॉर्वे ने घाना को दी 50 करोड़ की मदद, अगले महीने अकरा जाएंगे प्रधानमंत्री",
    "इसे भी पढ़ें: मंगोलिया के प्रधानमंत्री ने जापान के सम्राट से की मुलाकात",
    "ये भी पढ़ें- मोरक्को और पुर्तगाल के बीच टोक्यो में अहम बैठक, जानिए क्या हुई बात",
    "यह भी पढ़ें: क्यूबा दौरे पर जाएंगे वियतनाम के राष्ट्रपति, हवाना में होगी शिखर वार्ता",
    "Also Read: फिजी के प्रधानमंत्री ने न्यूजीलैंड के विदेश मंत्री को दिया न्योता",
    "यह भी पढ़ें | स्पेन ने रद्द की अल्जीरिया की यात्रा, बढ़ी तल्खी",
    "ये भी पढ़ें: जब डेनमार्क की रानी से मिली थीं इंदिरा गांधी, पढ़िए पूरा किस्सा",
    "यह भी पढ़ें: केन्या ने युगांडा पर लगाया आरोप, कहा- जल्द देंगे जवाब",
];

/// News from inside India, where ministers meet, agree and accuse without crossing a border.
const DOMESTIC: [&str; 10] = [
    "इस बीच केंद्रीय कृषि मंत्री ने राज्यों के कृषि मंत्रियों के साथ बैठक की और फसल बीमा की समीक्षा की। बैठक में बिहार और ओडिशा के मुख्यमंत्री भी मौजूद थे।",
    "उधर लखनऊ में मुख्यमंत्री ने राज्यपाल से राजभवन में मुलाकात की। करीब आधे घंटे चली इस भेंट को शिष्टाचार भेंट बताया गया।",
    "दूसरी ओर जयपुर में नेता प्रतिपक्ष धर्मवीर रावत ने राज्य सरकार पर किसानों की अनदेखी का आरोप लगाया और कृषि मंत्री के इस्तीफे की मांग की। सरकार ने आरोपों को खारिज कर दिया।",
    "बेंगलुरु में कर्नाटक के जल संसाधन मंत्री ने तमिलनाडु के मंत्री सेल्वम पेरियासामी से बातचीत की। दोनों राज्य पानी के बंटवारे पर एक समिति बनाने पर सहमत हुए।",
    "रेल मंत्री सोमवार को पटना के दौरे पर आएंगे। वह मुख्यमंत्री से मिलेंगे और गंगा पर बने नए पुल का उद्घाटन करेंगे।",
    "इधर पुलिस ने गुवाहाटी में चार तस्करों को गिरफ्तार किया और दो ट्रक जब्त किए। पुलिस अधीक्षक नीलिमा बरठाकुर ने पत्रकारों को इसकी जानकारी दी।",
    "भाजपा अध्यक्ष ने गुरुवार को चंडीगढ़ में पार्टी के सांसदों से भेंट की। कांग्रेस ने इस बैठक की आलोचना की और चुनाव आयोग से शिकायत की।",
    "सुप्रीम कोर्ट ने शुक्रवार को केंद्र सरकार और दिल्ली सरकार को नोटिस जारी किया। गृह मंत्रालय ने जवाब के लिए दो सप्ताह का समय मांगा।",
    "राष्ट्रपति ने बुधवार को राष्ट्रपति भवन में मेधावी छात्रों से मुलाकात की। इस मौके पर शिक्षा मंत्री भी उपस्थित थे।",
    "उत्तराखंड के मुख्यमंत्री ने केंद्रीय गृह मंत्री से फोन पर बात की और बाढ़ राहत के लिए मदद मांगी। केंद्र ने 200 करोड़ रुपये की सहायता देने का वादा किया।",
];

/// A line after every other paragraph, where no quotation goes on and no heading waits for its paragraph.
pub fn also_read(article: &Article) -> Option<Changed> {
    let text = article.text();
    let quoted = quotations(text);
    let opens = |rest: &str| rest.trim_start().starts_with(['“', '"', '‘', '\'', '•', '-', '*', '—', '–', '●']);
    let ends = |before: &str| before.trim_end().ends_with(['।', '.', '!', '”', '"', '’']);
    let places = text.match_indices('\n').map(|(i, _)| i).filter(|&i| {
        let whole = i > 0 && !text[..i].ends_with('\n') && !text[i..].trim().is_empty();
        whole && ends(&text[..i]) && !opens(&text[i..]) && !quoted.iter().any(|q| q.contains(&i))
    });
    // as far from its neighbours as paragraphs are here
    let parted = |i: usize| if text[i..].starts_with("\n\n") { "\n\n" } else { "\n" };
    let lines = ALSO_READ.iter().cycle().skip(article.number % ALSO_READ.len());
    let edits = places.step_by(2).zip(lines).map(|(i, line)| (i..i, format!("{}{line}", parted(i))));
    article.with_text(edited(text, edits.collect()))
}

/// A paragraph at the end.
pub fn domestic(article: &Article) -> Option<Changed> {
    let paragraph = DOMESTIC[article.number % DOMESTIC.len()];
    let paragraph = if article.ends_in_stops() { danda_as_stop(paragraph) } else { paragraph.to_string() };
    article.with_text(format!("{}\n\n{paragraph}", article.text().trim_end()))
}
