mod blockkit;
mod words;
