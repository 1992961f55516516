//! What the settings of the library are called here: by the options of the command.

use treatyline::io::Setting;

/// The option for a setting, with its value if there is one.
pub(super) fn named(setting: Setting, value: Option<&str>) -> String {
    let option = option(setting);
    value.map_or_else(|| option.to_owned(), |value| format!("{option} {value}"))
}

const fn option(setting: Setting) -> &'static str {
    match setting {
        Setting::Limit => "--max-bytes",
        Setting::Layer => "--layer",
        Setting::Condition => "--where",
        Setting::Encoding => "--encoding",
        Setting::System => "--crs",
        Setting::Operation => "--operation",
        Setting::Strictness => "--strict-input",
        Setting::Tolerance => "--snap",
        Setting::Line => "--line",
        Setting::Dossier => "--dossier",
        Setting::Step => "--step",
        Setting::JoinedBy => "--by",
        Setting::Left => "--left",
        Setting::Right => "--right",
        Setting::Kind => "--kind",
        Setting::Within => "--within",
        Setting::Format => "--format",
        Setting::Survey => "treatyline survey",
        Setting::Neighbours => "treatyline compare --neighbours",
        Setting::Datum => "treatyline datum",
        Setting::Findings => "treatyline check",
        Setting::LineLayer => "treatyline export line",
        // A setting that is newer than this list has no option yet.
        _ => "another setting",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a word after the name of the program is a command, or something that one takes.
    fn is_known(all: &clap::Command, word: &str) -> bool {
        let takes = |command: &clap::Command| {
            let mut values = command.get_positionals().flat_map(clap::Arg::get_possible_values);
            values.any(|value| value.matches(word, false))
        };
        all.find_subcommand(word).is_some() || all.get_subcommands().any(takes)
    }

    /// Whether a command, or one below it, has the option.
    fn has(command: &clap::Command, option: &str) -> bool {
        let own = command.get_arguments().filter_map(|it| it.get_long());
        { own }.any(|own| own == option) || command.get_subcommands().any(|it| has(it, option))
    }

    #[test]
    fn each_setting_is_an_option_or_a_command() {
        let all = crate::definition();
        for setting in Setting::ALL {
            let named = option(setting);
            for word in named.split(' ').filter(|word| *word != "treatyline") {
                let is_there = match word.strip_prefix("--") {
                    Some(option) => has(&all, option),
                    None => is_known(&all, word),
                };
                assert!(is_there, "{setting:?} is `{named}`, which the command does not have");
            }
        }
        assert_eq!(named(Setting::Layer, Some("NAME")), "--layer NAME");
    }
}
