//! How the line to Slack is, for the board; and when it is up again after it was down.

use tokio_util::task::TaskTracker;

use crate::slack::socket::{SocketReceiver, SocketState};
use crate::telemetry::{Board, Part, State};

/// Reports how the line is; `again` is called when it was down and is up again, since something may have been missed.
pub(super) fn watch_socket(
    receiving: &TaskTracker,
    receiver: &SocketReceiver,
    board: &Board,
    again: impl Fn() + Send + Sync + 'static,
) {
    let (mut health, board) = (receiver.health(), board.clone());
    receiving.spawn(async move {
        let (mut up, mut been_up) = (false, false);
        loop {
            let state = match &health.borrow_and_update().state {
                SocketState::Live => State::Ready,
                other => State::NotReady(said(other)),
            };
            let is_up = state == State::Ready;
            if is_up && !up && been_up {
                again();
            }
            (up, been_up) = (is_up, been_up || is_up);
            board.report(Part::Transport, state);
            if health.changed().await.is_err() {
                return;
            }
        }
    });
}

fn said(state: &SocketState) -> String {
    match state {
        SocketState::Connecting | SocketState::Live => "connecting to Slack".to_owned(),
        SocketState::Stopping | SocketState::Stopped => "stopping".to_owned(),
        SocketState::Failed(why) => why.to_string(),
    }
}
