//! Hiring models, costs and times.

use super::section::section;
use super::{Line, Phrase, Table, holes, keys};
use crate::domain::choices::{Length, SystemType};
use crate::domain::document::Span;

section!(
    /// Advice and figures.
    Hiring {
        /// Label of the advice.
        label: Line, in Option;
        /// By length and kind of need.
        advice: Table<Length, Line>, in Line;
        /// Work before budget.
        work_first: Line, in Line;
        /// Above the costs.
        costs: Line, in Heading;
        /// Above the times.
        times: Line, in Heading;
        /// One figure.
        figure: Table<Figure, FigureWords>;
        /// How a figure is written.
        line: Phrase<FigureHole>, in Line;
        /// Why there are two ranges.
        two_costs: Line, in Line;
        /// Why there are two times.
        two_times: Line, in Line;
        /// Which part of the range, by type.
        range: Table<SystemType, Line>, in Line;
        /// What reaches the engineer.
        margin: Line, in Line;
        /// Where the figures come from.
        source: Line, in Option;
    }
);

section!(
    /// A figure.
    FigureWords {
        /// What it measures.
        what: Line, in Option;
        /// The figure.
        value: Line, in Option;
        /// Senior or not.
        level: Line, in Option;
        /// Where.
        region: Line, in Option;
        /// When.
        year: Line, in Option;
    }
);

keys!(
    /// The figures, costs first.
    Figure {
        /// Base salary.
        Base = "employee_base",
        /// Total compensation.
        Total = "employee_total",
        /// Senior contractors of one country.
        ContractorUs = "contractor_us",
        /// Senior contractors on the market.
        ContractorMarket = "contractor_market",
        /// Mid-level contractors.
        ContractorMid = "contractor_mid",
        /// Time to hire an employee, first figure.
        EmployeeDays = "employee_days",
        /// Time to hire an employee, second figure.
        EmployeeMonths = "employee_months",
        /// Time to find a contractor.
        ContractorWeeks = "contractor_weeks",
    }
);

impl Figure {
    /// Whether it is a time rather than a cost.
    pub fn is_time(self) -> bool {
        matches!(self, Figure::EmployeeDays | Figure::EmployeeMonths | Figure::ContractorWeeks)
    }
}

holes!(
    /// A figure with all that it needs to be believed.
    FigureHole {
        Value = "value", Span::plain("90 to 200 US dollars an hour"), 75;
        Level = "level", Span::plain("senior"), 75;
        Region = "region", Span::plain("United States"), 75;
        Year = "year", Span::plain("2026"), 75;
        Source = "source", Span::plain("“How to hire a backend engineer”"), 75;
    }
);
