//! The service: reads its settings, opens its database, serves until it is interrupted.

mod settings;

use std::error::Error;
use std::process::ExitCode;

use shop::app::{Shop, demo};
use shop::auth::Keys;
use shop::db::connect;
use shop::{AppState, router};
use tokio::net::TcpListener;

use settings::Settings;

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shop: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_environment()?;
    let keys = settings.secret.as_deref().map_or_else(Keys::random, Keys::from_secret);
    let db = connect(settings.database.as_deref().unwrap_or("sqlite::memory:")).await?;
    let shop = Shop::new(db, keys.clone());
    if settings.database.is_none() {
        demo::stock(&shop).await?;
    }
    let listener = TcpListener::bind(settings.address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router(AppState::new(shop, keys)))
        .with_graceful_shutdown(interrupted())
        .await?;
    Ok(())
}

/// Ends when somebody presses Ctrl-C. Where that cannot be noticed, never.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
