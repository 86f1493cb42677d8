//! Edits of manifests and policy.

use super::draws::Draws;
use super::edit::Kind;
use super::shop::Shop;

pub(super) fn apply(kind: Kind, shop: &mut Shop, draws: &mut Draws) {
    match kind {
        Kind::Manifest => {
            shop.packages.change(draws);
            shop.packages.fit_lock();
        }
        Kind::StaleManifest => shop.packages.change(draws),
        Kind::DamageManifest => shop.packages.is_broken = true,
        Kind::DamagePolicy => shop.policy.is_broken = true,
        _ => shop.policy.change(draws),
    }
}
