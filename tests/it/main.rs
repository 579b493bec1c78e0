#[cfg(test)]
mod journeys;
