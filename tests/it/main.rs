#[cfg(test)]
mod blockkit;
#[cfg(test)]
mod journeys;
