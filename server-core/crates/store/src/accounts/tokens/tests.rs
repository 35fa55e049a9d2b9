use super::*;
use runtime::clock::now_ms;

fn tokens(secret: &str) -> Tokens {
    Tokens::new(&Secret::new(secret)).unwrap()
}

fn ours() -> Tokens {
    tokens("a long enough random text")
}

#[test]
fn a_token_carries_account_and_version() {
    let token = ours().issue("ana", 3, now_ms()).unwrap();
    let claims = ours().verify(&token).unwrap();
    assert_eq!((claims.sub.as_str(), claims.ver), ("ana", 3));
    assert_eq!(claims.exp - claims.iat, TOKEN_LIFETIME_SECONDS);
}

#[test]
fn strangers_tokens_count_for_nothing() {
    let refused = |token: &str| assert_eq!(ours().verify(token), None, "{token}");
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let claims = encode(r#"{"sub":"ana","ver":0,"jti":"x","iat":0,"exp":99999999999}"#);
    let unsigned = encode(r#"{"alg":"none","typ":"JWT"}"#);
    refused("");
    refused("a.b.c");
    refused(&format!("{unsigned}.{claims}."));
    refused(&format!("{}.{claims}.", encode(r#"{"alg":"HS256"}"#)));
    refused(
        &tokens("another long enough text")
            .issue("ana", 0, now_ms())
            .unwrap(),
    );
    let past = now_ms() - (TOKEN_LIFETIME_SECONDS + 5) * 1000;
    refused(&ours().issue("ana", 0, past).unwrap());

    let token = ours().issue("ana", 0, now_ms()).unwrap();
    let (header, rest) = token.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    refused(&format!("{header}.{claims}.{signature}"));

    let (real, _) = rest.split_once('.').unwrap();
    let signed = format!("{}.{real}", encode(r#"{"typ":"JWT","alg":"HS512"}"#));
    let mut mac = Hmac::<sha2::Sha512>::new_from_slice(b"a long enough random text").unwrap();
    mac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    refused(&format!("{signed}.{signature}"));
}

/// As version 0.1.0 signed it, with the cryptography of the library; recorded over the wire.
#[test]
fn a_login_of_version_0_1_0_counts_until_it_ends() {
    let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.\
        eyJzdWIiOiJjMWU3NmJiYy03MTY1LTQ1ZjQtYWI2ZS0xOGFkYzRlMTE4MDkiLCJ2ZXIiOjAsImp0aSI6ImNiMzcwMGIy\
        MmJlZDA5ZDRlOTJhZDBkMGE2ZGM4YTUwIiwiaWF0IjoxNzk1OTc1MTIwLCJleHAiOjE3OTY1Nzk5MjB9.\
        iZa-745af4Ld_QAxA9a2mNwdtSHlU90wbPXpcMFmQjA";
    let secret = b"a key for the recorded exchange of version 0.1.0";
    hs256::install();
    // Its time is over some day; what is asked here is whose signature it is.
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(secret);
    let read = jsonwebtoken::decode::<Claims>(token, &key, &validation).unwrap();
    assert_eq!(read.claims.sub, "c1e76bbc-7165-45f4-ab6e-18adc4e11809");
    let key = EncodingKey::from_secret(secret);
    let again = jsonwebtoken::encode(&read.header, &read.claims, &key).unwrap();
    assert_eq!(again, token, "byte for byte as then");
}

#[test]
fn a_guest_token_is_good_only_as_it_was_made() {
    let (token, secret) = ours().mint_guest();
    assert_eq!(ours().verify_guest(&token), Some(secret.clone()));
    assert_eq!(secret.0.len(), 32);
    assert_ne!(ours().mint_guest().1, secret);
    let refused = |token: &str| assert_eq!(ours().verify_guest(token), None, "{token}");
    refused("");
    refused(".");
    refused(&secret.0);
    refused(&format!("{}.", secret.0));
    refused(&format!("0{token}"));
    refused(&token[..token.len() - 2]);
    refused(&"a".repeat(100_000));
    assert_eq!(
        tokens("another long enough text").verify_guest(&token),
        None
    );
}

#[test]
fn a_login_makes_another_secret_for_the_same_guest_on_every_node() {
    let (token, first) = ours().mint_guest();
    let seed = Tokens::guest_seed(Some(&first));
    let second = ours().renewed_guest(&seed);
    assert_eq!(ours().renewed_guest(&seed).secret, second.secret);
    assert_eq!(
        ours().verify_guest(&second.token),
        Some(second.secret.clone())
    );
    assert_ne!(second.token, token);
    assert_ne!(second.secret, first);
    assert_eq!(second.secret.digest(), first.digest());
    let third = ours().renewed_guest(&Tokens::guest_seed(Some(&second.secret)));
    assert_ne!(third.secret, second.secret);
    assert_eq!(third.secret.digest(), first.digest());
    assert!(third.token.len() <= MAX_GUEST_TOKEN_BYTES);
    let others = tokens("another long enough text").renewed_guest(&seed);
    assert_ne!(others.secret, second.secret, "the seed says nothing");
    let unknown = ours().renewed_guest(&Tokens::guest_seed(None));
    assert_ne!(unknown.secret.digest(), first.digest());
}

#[test]
fn guessable_secrets_are_refused() {
    let check = |text: &str, expected: Option<WeakSecret>| {
        assert_eq!(Tokens::new(&Secret::new(text)).err(), expected, "{text}");
    };
    check("secret", Some(WeakSecret::WellKnown));
    check("changeme", Some(WeakSecret::WellKnown));
    check("Password", Some(WeakSecret::WellKnown));
    check("change-me-in-production", Some(WeakSecret::WellKnown));
    check("secretsecretsecretsecret", Some(WeakSecret::WellKnown));
    check("your_jwt_secret_here", Some(WeakSecret::WellKnown));
    check("aaaaaaaaaaaaaaaaaaaaaaaa", Some(WeakSecret::WellKnown));
    check("", Some(WeakSecret::TooShort));
    check("x7Gk2-pQ", Some(WeakSecret::TooShort));
    check("b8f0d6f2c7e94a1d", None);
    assert!(WeakSecret::TooShort.to_string().contains("JWT_SECRET"));
}

#[test]
fn fingerprints_tell_secrets_apart_and_nothing_hides_in_debug() {
    assert_eq!(ours().fingerprint(), ours().fingerprint());
    assert_ne!(
        ours().fingerprint(),
        tokens("another long enough text").fingerprint()
    );
    assert_eq!(format!("{:?}", ours()), "Tokens([redacted])");
}

#[test]
fn a_load_test_is_marked_by_a_token_of_ours_for_a_while() {
    let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
    let others = Tokens::new(&Secret::new("another long random text")).unwrap();
    let run = "0190d3a2-0000-7000-8000-000000000000";
    let token = tokens.mint_run(run, 2000);
    assert_eq!(tokens.verify_run(&token, 1999).as_deref(), Some(run));
    assert_eq!(tokens.verify_run(&token, 2000), None, "over");
    assert_eq!(others.verify_run(&token, 0), None, "not ours");
    let longer = token.replace(".2000.", ".9000.");
    let (guest, _) = tokens.mint_guest();
    for forged in [
        longer.as_str(),
        &guest,
        "",
        ".",
        "..",
        run,
        &"a.1.".repeat(64),
    ] {
        assert_eq!(tokens.verify_run(forged, 0), None, "{forged}");
    }
}
