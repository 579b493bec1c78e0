//! For tests: screens on which no window opens.

use std::sync::Mutex;

use async_trait::async_trait;

use super::{ScreenFault, Screens};
use crate::app::intent::{ReplyTo, Trigger};
use crate::app::screen::Screen;
use crate::domain::document::Document;
use crate::domain::ids::UserId;
use crate::store::Place;

/// Screens that open nothing and remember what was whispered: where to, and what.
#[derive(Default)]
pub(crate) struct NoWindows {
    /// In order.
    pub whispered: Mutex<Vec<(String, Document)>>,
}

#[async_trait]
impl Screens for NoWindows {
    async fn open(&self, _: &Trigger, _: &Screen) -> Result<(), ScreenFault> {
        Err(ScreenFault::TriggerGone)
    }
    async fn push(&self, _: &Trigger, _: &Screen) -> Result<(), ScreenFault> {
        Err(ScreenFault::TriggerGone)
    }
    async fn update(&self, _: &str, _: Option<&str>, _: &Screen) -> Result<(), ScreenFault> {
        Err(ScreenFault::ViewGone)
    }
    async fn home(&self, _: &UserId, _: &Document) -> Result<(), ScreenFault> {
        Ok(())
    }
    fn link(&self, _: &Place) -> Option<String> {
        None
    }
    async fn whisper(&self, to: &ReplyTo, document: &Document) -> Result<(), ScreenFault> {
        let to = match to {
            ReplyTo::Url(url) => url.clone(),
            ReplyTo::Window(Trigger(trigger)) => format!("window {trigger}"),
        };
        self.whispered.lock().unwrap().push((to, document.clone()));
        Ok(())
    }
}
