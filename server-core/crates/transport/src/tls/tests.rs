//! Certificates as hosts have them: right, wrong, old, and renewed under a running server.

use std::path::PathBuf;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, date_time_ymd};
use tempfile::TempDir;

use super::*;

struct Files {
    folder: TempDir,
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [cert, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
        Self { folder, cert, key }
    }

    /// Makes a certificate, valid from the beginning of one year until that of another.
    fn make(&self, name: &str, years: [i32; 2], adjust: impl FnOnce(&mut CertificateParams)) {
        let mut params = CertificateParams::new([name.to_owned(), "192.0.2.7".to_owned()]).unwrap();
        [params.not_before, params.not_after] = years.map(|year| date_time_ymd(year, 1, 1));
        adjust(&mut params);
        let key = KeyPair::generate().unwrap();
        let cert = params.self_signed(&key).unwrap();
        std::fs::write(&self.cert, cert.pem()).unwrap();
        std::fs::write(&self.key, key.serialize_pem()).unwrap();
    }

    fn load(&self) -> Result<Certificates, CertificateError> {
        Certificates::load(&self.cert, &self.key)
    }

    fn check_refused(&self, expected: &str) {
        let text = self.load().unwrap_err().to_string();
        assert!(text.contains(expected), "{text}");
    }
}

const NOW: [i32; 2] = [2020, 2120];
const OVER: [i32; 2] = [2000, 2001];

#[test]
fn a_certificate_says_whom_it_is_for() {
    let files = Files::new();
    files.make("Play.example.org", NOW, |_| {});
    let certificates = files.load().unwrap();
    assert_eq!(certificates.names(), ["play.example.org"]);
    assert!(certificates.covers_name("play.example.org"));
    assert!(!certificates.covers_name("example.org"));
    assert!(certificates.covers_address([192, 0, 2, 7].into()));
    assert!(!certificates.covers_address([192, 0, 2, 8].into()));
    assert_eq!(certificates.problem(), None);
}

#[test]
fn what_cannot_be_served_is_refused_with_what_to_do() {
    let files = Files::new();
    files.check_refused("Check the path");
    files.make("a.example", NOW, |_| {});
    let other = Files::new();
    other.make("a.example", NOW, |_| {});
    std::fs::copy(&other.key, &files.key).unwrap();
    files.check_refused("Set TLS_KEY to the key that the certificate was made with");
    std::fs::copy(&files.cert, &files.key).unwrap();
    files.check_refused("no private key in PEM form");
    std::fs::write(&files.cert, [0x30, 0x82]).unwrap();
    files.check_refused("no certificate in PEM form");
    std::fs::remove_file(&files.cert).unwrap();
    std::fs::create_dir(&files.cert).unwrap();
    files.check_refused("TLS_CERT names");
}

#[test]
fn what_browsers_refuse_is_served_and_told() {
    let check = |years, adjust: fn(&mut CertificateParams), expected: Option<&str>| {
        let files = Files::new();
        files.make("a.example", years, adjust);
        let problem = files.load().unwrap().problem();
        match expected {
            None => assert_eq!(problem, None),
            Some(expected) => assert!(problem.unwrap().contains(expected)),
        }
    };
    check(OVER, |_| {}, Some("The certificate has expired"));
    check([2120, 2130], |_| {}, Some("Check this machine's clock"));
    check([2130, 2120], |_| {}, Some("ends before it begins"));
    let for_clients = |params: &mut CertificateParams| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    };
    check(NOW, for_clients, Some("not made for a server"));
    check(NOW, |_| {}, None);
}

#[test]
fn a_renewed_certificate_is_taken_and_a_broken_one_is_not() {
    let files = Files::new();
    files.make("old.example", NOW, |_| {});
    let certificates = files.load().unwrap();
    certificates.look();
    assert_eq!(certificates.names(), ["old.example"]);
    files.make("new.example", NOW, |_| {});
    // The size may be the same, and the clock of a file system coarse.
    std::fs::write(files.folder.path().join("cert.pem"), {
        let text = std::fs::read_to_string(&files.cert).unwrap();
        format!("renewed\n{text}")
    })
    .unwrap();
    certificates.look();
    assert_eq!(certificates.names(), ["new.example"]);

    std::fs::write(&files.cert, "half a fi").unwrap();
    certificates.look();
    assert_eq!(certificates.names(), ["new.example"]);
    let problem = certificates.problem().unwrap();
    assert!(problem.ends_with("stays in force."), "{problem}");

    files.make("over.example", OVER, |_| {});
    certificates.look();
    assert_eq!(certificates.names(), ["new.example"]);
    assert!(certificates.problem().unwrap().contains("has expired"));

    files.make("third.example", NOW, |_| {});
    certificates.look();
    assert_eq!(certificates.names(), ["third.example"]);
    assert_eq!(certificates.problem(), None);
}
