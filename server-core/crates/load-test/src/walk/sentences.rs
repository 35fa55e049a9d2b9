//! What bots say: small talk of a harbour.

use contract::load_test::BotLanguage;

/// Takes the place of the name of somebody who is near.
const NAME: &str = "{name}";

const ENGLISH: [&str; 40] = [
    "Hello everybody!",
    "Hi {name}, good to see you.",
    "What a calm evening.",
    "Has anybody been up at the lighthouse yet?",
    "I am going down to the jetty, who comes along?",
    "The water is so clear today.",
    "{name}, I like your hat.",
    "Did you see the red sailboat?",
    "I could stand here for hours.",
    "Where did the others go?",
    "Shall we meet at the compass rose?",
    "My tea is getting cold, back in a minute.",
    "No hurry, we have all afternoon.",
    "That is what I said, {name}.",
    "Ha, you are right.",
    "I heard there is music on the terrace later.",
    "Who keeps this place? It is lovely.",
    "The market has fresh lemons.",
    "I get lost every time I take the stairs.",
    "Wait for me!",
    "Good morning, harbour.",
    "Is it windy out there on the rock?",
    "One more round, then I have to go home.",
    "Look, the lamps are on.",
    "I have never seen it so full.",
    "{name}, are you coming to the beach?",
    "Sorry, did I step on your foot?",
    "How long have you been here?",
    "Only since this morning.",
    "Same here.",
    "I think I know that song.",
    "Let us make room for the others.",
    "My feet hurt, I need a bench.",
    "There is always somebody at the jetty.",
    "Careful, the planks are wet.",
    "Tell me more about it.",
    "That is a good question, {name}.",
    "See you tomorrow?",
    "Count me in.",
    "It smells of fish and oranges here.",
];

const SPANISH: [&str; 40] = [
    "¡Hola a todos!",
    "Hola, {name}, qué gusto verte.",
    "Qué tarde tan tranquila.",
    "¿Alguien ha subido ya al faro?",
    "Bajo al muelle, ¿quién viene?",
    "Qué clara está hoy el agua.",
    "{name}, me gusta tu sombrero.",
    "¿Has visto el velero rojo?",
    "Podría quedarme aquí horas.",
    "¿Adónde han ido los demás?",
    "¿Quedamos en la rosa de los vientos?",
    "Se me enfría el té, vuelvo enseguida.",
    "Sin prisa, tenemos toda la tarde.",
    "Eso decía yo, {name}.",
    "Ja, tienes razón.",
    "Dicen que luego hay música en la terraza.",
    "¿Quién cuida este sitio? Es precioso.",
    "En el mercado hay limones frescos.",
    "Siempre me pierdo en las escaleras.",
    "¡Esperadme!",
    "Buenos días, puerto.",
    "¿Hace viento allá en la roca?",
    "Una vuelta más y me voy a casa.",
    "Mira, ya han encendido las farolas.",
    "Nunca lo había visto tan lleno.",
    "{name}, ¿vienes a la playa?",
    "Perdona, ¿te he pisado?",
    "¿Desde cuándo estás aquí?",
    "Solo desde esta mañana.",
    "Yo también.",
    "Creo que conozco esa canción.",
    "Vamos a dejar sitio a los demás.",
    "Me duelen los pies, necesito un banco.",
    "En el muelle siempre hay alguien.",
    "Cuidado, las tablas están mojadas.",
    "Cuéntame más.",
    "Buena pregunta, {name}.",
    "¿Nos vemos mañana?",
    "Contad conmigo.",
    "Aquí huele a pescado y a naranjas.",
];

/// One of the sentences; those that name somebody only where somebody is near.
pub(super) fn sentence(language: BotLanguage, number: usize, near: Option<&str>) -> String {
    let all = match language {
        BotLanguage::En => &ENGLISH,
        BotLanguage::Es => &SPANISH,
    };
    let said = all[number % all.len()];
    match near {
        Some(name) => said.replace(NAME, name),
        // The next sentence never names anybody either: no two that do stand in a row.
        None if said.contains(NAME) => all[(number + 1) % all.len()].to_owned(),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_talks_to_a_placeholder() {
        for language in [BotLanguage::En, BotLanguage::Es] {
            for number in 0..80 {
                for near in [None, Some("Ana")] {
                    let said = sentence(language, number, near);
                    assert!(!said.contains('{') && !said.is_empty(), "{said}");
                    assert!(said.chars().count() < 100, "{said}");
                }
            }
        }
        assert_eq!(
            sentence(BotLanguage::Es, 1, Some("Bo")),
            "Hola, Bo, qué gusto verte."
        );
    }
}
