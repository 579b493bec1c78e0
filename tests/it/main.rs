#[cfg(test)]
mod words;
