//! The limits that a process sets itself before it reads anything.

/// Holds this process to so many bytes of address space, and to no files of
/// its own. What the system refuses, or does not know, is left as it is: the
/// limit of time holds everywhere.
#[cfg(target_os = "linux")]
pub(super) fn set(memory: Option<u64>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let lower = |resource: Resource, limit: u64| {
        // A limit that is set from outside is never raised.
        let held = getrlimit(resource);
        let limit = [held.current, held.maximum].into_iter().flatten().fold(limit, u64::min);
        let _ = setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) });
    };
    // No dump of what was read, and nothing written anywhere.
    lower(Resource::Core, 0);
    lower(Resource::Fsize, 0);
    if let Some(memory) = memory {
        lower(Resource::As, memory);
    }
}

/// Here the system holds no process to a limit.
#[cfg(not(target_os = "linux"))]
pub(super) fn set(_memory: Option<u64>) {}
