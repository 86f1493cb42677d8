//! Whether the service runs. Open to everybody: whoever asks is a load balancer.

/// Says that the service runs.
pub(super) async fn alive() -> &'static str {
    "alive"
}
