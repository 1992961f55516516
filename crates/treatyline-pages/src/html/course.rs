//! HTML: the same as the text, with the profile of heights and a strip of what each kilometre
//! follows, as one page that needs nothing else.

use askama::Template;
use treatyline::course::Course;
use treatyline::internal::report::CourseReport;
use treatyline::internal::report::glue;

use super::block::Block;
use super::css;
use crate::chart::{self, Chart};
use crate::drawing::rendered;

#[derive(Template)]
#[template(path = "course.html")]
struct Page<'a> {
    report: &'a CourseReport,
    css: String,
    lead: Vec<String>,
    sections: Vec<Block>,
}

/// The page.
#[must_use]
pub fn course_html(report: &CourseReport, course: &Course) -> String {
    let mut all = report.sections().into_iter();
    let lead = all.next();
    let chart = Chart::both("course", COURSE, |frame| chart::course(course, frame));
    let mut blocks: Vec<Block> = Vec::new();
    let mut words = Vec::new();
    if let Some(mut lead) = lead {
        words = lead.paragraphs.iter().map(|phrase| glue(&phrase.to_string())).collect();
        lead.paragraphs.clear();
        lead.title = "What each kilometre follows".to_owned();
        blocks.push(Block::plain(lead).charted(chart));
    }
    blocks.extend(all.map(Block::plain));
    let page = Page { report, css: css(), lead: words, sections: blocks };
    rendered(&page) + "\n"
}

const COURSE: &str = "Heights are means over a pixel or two. Point at a bar to read which river it \
                      is, and how much of the line follows each thing.";
