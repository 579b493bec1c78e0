//! The paths that a source file names, in `use` trees and in running code, with the module in which each stands.

use super::File;
use super::tokens::{Token, tokens_of};

/// A path as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its segments; `*` for a glob, `::` before a path that begins with it.
    pub segments: Vec<String>,
    /// The module it stands in, from the crate's root.
    pub module: Vec<String>,
    pub line: usize,
    /// Whether it stands in an item or module that only tests have.
    pub test: bool,
    pub imported: bool,
}

impl Named {
    /// What it means from the crate's root; `None` for a path that begins at an outer crate or at something near.
    /// `Err` for one that climbs out of the crate.
    pub fn from_root(&self) -> Option<Result<Vec<String>, ()>> {
        let mut at = match self.segments.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        for segment in &self.segments {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" if at.pop().is_none() => return Some(Err(())),
                "super" => {}
                name => at.push(name.to_owned()),
            }
        }
        Some(Ok(at))
    }
}

/// The module that a file is, from the root of its crate: `src/` or `tests/it/`.
pub fn module_of(path: &str) -> Vec<String> {
    let inner = ["src/", "tests/it/"].into_iter().find_map(|root| path.strip_prefix(root)).unwrap_or(path);
    let inner = inner.trim_end_matches(".rs");
    let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] || module == ["main"] {
        module.pop();
    }
    module
}

/// An open brace: how many modules stand around it, and whether only tests have what is in it.
struct Level {
    modules: usize,
    test: bool,
}

/// All that one file names.
pub struct Reading {
    pub named: Vec<Named>,
    /// Modules in files of their own.
    pub modules: Vec<Vec<String>>,
    /// Those of them that only tests have.
    pub test_modules: Vec<Vec<String>>,
}

pub fn reading_of(file: &File) -> Reading {
    let tokens = tokens_of(&file.text);
    let mut reading = Reading { named: Vec::new(), modules: Vec::new(), test_modules: Vec::new() };
    let mut module = module_of(&file.path);
    let mut levels: Vec<Level> = Vec::new();
    // Set by `#[cfg(test)]`, for the item that follows.
    let mut test_item = false;
    let mut at = 0;
    while at < tokens.len() {
        let text = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text);
        let test = test_item || levels.last().is_some_and(|level| level.test);
        let place = Place { module: &module, test };
        match text(0) {
            "#" if text(1) == "[" && text(2) == "cfg" && text(4) == "test" && text(5) == ")" => {
                test_item = true;
                at += 7;
            }
            "mod" if text(2) == "{" => {
                levels.push(Level { modules: module.len(), test });
                module.push(text(1).to_owned());
                test_item = false;
                at += 3;
            }
            "mod" if text(2) == ";" => {
                let inner = [&module[..], &[text(1).to_owned()]].concat();
                if test {
                    reading.test_modules.push(inner.clone());
                }
                reading.modules.push(inner);
                test_item = false;
                at += 3;
            }
            "use" if text(1) != "<" => {
                let mut tree = Tree { tokens: &tokens, at: at + 1, place, named: &mut reading.named };
                tree.branch(&[]);
                at = tree.at;
            }
            "{" => {
                levels.push(Level { modules: module.len(), test });
                test_item = false;
                at += 1;
            }
            "}" => {
                if let Some(level) = levels.pop() {
                    module.truncate(level.modules);
                }
                at += 1;
            }
            ";" => {
                test_item = false;
                at += 1;
            }
            _ => at = inline(&tokens, at, &place, &mut reading.named),
        }
    }
    reading
}

struct Place<'a> {
    module: &'a [String],
    test: bool,
}

impl Place<'_> {
    fn named(&self, segments: Vec<String>, line: usize, imported: bool) -> Named {
        Named { segments, module: self.module.to_vec(), line, test: self.test, imported }
    }
}

/// A path in running code; answers where to go on.
fn inline(tokens: &[Token], from: usize, place: &Place, named: &mut Vec<Named>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let follows = from.checked_sub(1).is_some_and(|before| matches!(text(before), "::" | "."));
    if !tokens[from].is_word() || text(from + 1) != "::" || follows && from >= 2 && joins(tokens[from - 2]) {
        return from + 1;
    }
    let mut segments = vec![tokens[from].text.to_owned()];
    let mut at = from + 1;
    while text(at) == "::" && tokens.get(at + 1).is_some_and(Token::is_word) {
        segments.push(text(at + 1).to_owned());
        at += 2;
    }
    named.push(place.named(segments, tokens[from].line, false));
    at
}

/// Whether a path or a value may end here, so that what follows `::` or `.` goes on with it.
fn joins(token: Token) -> bool {
    token.is_word() || matches!(token.text, ">" | ")" | "]" | "}" | "?")
}

struct Tree<'a, 'b> {
    tokens: &'a [Token<'a>],
    at: usize,
    place: Place<'a>,
    named: &'b mut Vec<Named>,
}

impl Tree<'_, '_> {
    fn text(&self) -> &str {
        self.tokens.get(self.at).map_or("", |token| token.text)
    }

    /// One branch of a tree, up to the comma, brace or semicolon behind it.
    fn branch(&mut self, stem: &[String]) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        let mut path = stem.to_vec();
        loop {
            match self.text() {
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(), "}" | "") {
                        self.branch(&path);
                        if self.text() == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "as" => self.at += 2,
                "," | "}" | ";" | "" => break,
                "::" => self.at += 1,
                segment => {
                    path.push(segment.to_owned());
                    self.at += 1;
                }
            }
        }
        self.named.push(self.place.named(path, line, true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Vec<String> {
        let reading = reading_of(&File::new(path, text));
        let shown = |named: &Named| {
            let path = match named.from_root() {
                Some(Ok(path)) => format!("/{}", path.join("/")),
                Some(Err(())) => "out".to_owned(),
                None => named.segments.join("/"),
            };
            if named.test { format!("{path} in a test") } else { path }
        };
        reading.named.iter().map(shown).collect()
    }

    #[test]
    fn a_use_tree_names_every_leaf() {
        let text = "pub(in crate::a) use crate::{a::{self, b::*}, c as d};\nuse super::e; use self::f;\nuse g::H;";
        let found = read("src/x/y.rs", text);
        assert_eq!(found, ["/a", "/a", "/a/b/*", "/c", "/x/e", "/x/y/f", "g/H"]);
    }

    #[test]
    fn running_code_names_paths_and_methods_none() {
        let text = "fn f<T: crate::a::B>(x: super::C) { x.y::<crate::d::E>(); let _ = <u8 as std::str::FromStr>::z; }";
        assert_eq!(read("src/x/mod.rs", text), ["/a/B", "/C", "/d/E", "std/str/FromStr"]);
    }

    #[test]
    fn an_inner_module_is_one_step_deeper() {
        let text = "#[cfg(test)]\nmod tests { use super::*; fn f() { super::super::a::b() } }\nuse super::c;";
        assert_eq!(read("src/x/y.rs", text), ["/x/y/* in a test", "/x/a/b in a test", "/x/c"]);
        assert_eq!(read("src/x.rs", "use super::super::a;"), ["out"]);
    }

    #[test]
    fn a_module_of_tests_is_known_as_one() {
        let reading = reading_of(&File::new("src/x/mod.rs", "mod a; #[cfg(test)] mod b; mod c;"));
        assert_eq!(reading.test_modules, [["x", "b"]]);
    }
}
