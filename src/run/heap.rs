//! One heap for all threads. The system's allocator gives each thread a heap of its own, up to eight for each core, and
//! what one of them has freed serves no other: with sixteen threads that read and write the store, half of the memory is
//! such rest (docs/speed.md). It can only be told so before the program begins.
#![expect(clippy::disallowed_methods, reason = "the allocator is told by the environment, and by nothing else")]

use std::os::unix::process::CommandExt;
use std::process::Command;

/// glibc's word for it; other allocators do not read it.
const HEAPS: &str = "MALLOC_ARENA_MAX";

/// Begins this program anew, in the same process, with one heap; does nothing where the number of heaps has been decided.
pub fn with_one_heap() {
    if std::env::var_os(HEAPS).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut words = std::env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = words.next() {
        again.arg0(name);
    }
    // It comes back only when it may not be done; then there are more heaps, and all is well otherwise.
    let _refused = again.args(words).env(HEAPS, "1").exec();
}
