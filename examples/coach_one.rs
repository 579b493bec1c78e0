use scopebot::prompts::coach::{CoachFiles, coach_of};
fn main() {
    let tools = coach_of(&CoachFiles::embedded()).unwrap();
    for t in std::env::args().skip(1) {
        println!("{t}\n{:#?}\n{:?}", tools.coach.read(&t), tools.coach.sort(&t));
    }
}
