//! Whether whoever made a token or a webhook is a host still, and let in: they may have kept what it acts by.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{COMMAND_LINE_ID, LOCAL_HOST_ID};
use contract::admin::Actor;

/// A column for [`maker_is_host`] in a query over a table with `created_by`, where `$role` stands for the word of
/// the role of hosts and `$now` for this moment.
macro_rules! makers {
    ($table:literal, $role:literal, $now:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM users AS maker WHERE maker.id = ",
            $table,
            ".created_by AND maker.role = ",
            $role,
            " AND maker.is_banned = 0 AND (maker.suspension_until IS NULL OR maker.suspension_until <= ",
            $now,
            ")) AS makers"
        )
    };
}
pub(crate) use makers;

pub(crate) fn maker_is_host(row: &AnyRow, maker: &Actor) -> Result<bool, sqlx::Error> {
    let found: i64 = row.try_get("makers")?;
    // Whoever has this machine in hand needs no account.
    Ok(found > 0 || [LOCAL_HOST_ID, COMMAND_LINE_ID].contains(&maker.id.as_str()))
}
