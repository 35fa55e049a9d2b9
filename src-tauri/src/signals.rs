//! SIGTERM, SIGINT and SIGHUP, as a log-off or a person at a terminal sends them: the world closes so
//! that clients come back by themselves, and the program ends. A second signal ends it at once.

use tauri::AppHandle;

/// Listens for the rest of the program's life.
#[cfg(unix)]
pub(crate) fn listen(app: &AppHandle) -> std::io::Result<()> {
    use server_core::Closing;
    use tokio::signal::unix::{SignalKind, signal};

    use crate::quit;

    let app = app.clone();
    let (listening, heard) = std::sync::mpsc::channel();
    tauri::async_runtime::spawn(async move {
        let kinds = [
            SignalKind::terminate(),
            SignalKind::interrupt(),
            SignalKind::hangup(),
        ];
        let signals: std::io::Result<Vec<_>> = kinds.into_iter().map(signal).collect();
        let mut signals = match signals {
            Ok(signals) => signals,
            Err(error) => {
                // The caller waits for it.
                let _ = listening.send(Err(error));
                return;
            }
        };
        let _ = listening.send(Ok(()));
        for again in [false, true] {
            let waiting = signals.iter_mut().map(|signal| Box::pin(signal.recv()));
            futures_util::future::select_all(waiting).await;
            tracing::info!(again, "the system asks the program to end");
            if again {
                std::process::exit(143);
            }
            quit::end(&app, Closing::Drain);
        }
    });
    heard.recv().map_err(std::io::Error::other)?
}

/// Other systems end a program with a window through its window.
#[cfg(not(unix))]
pub(crate) fn listen(_app: &AppHandle) -> std::io::Result<()> {
    Ok(())
}
