//! The words of a map that are not the dossier's, in each language that has some.

use treatyline::dossier::Medium;
use treatyline::internal::dossier::Language;

use super::stretches::Surface;
use super::symbols::Symbol;

/// The words of a map. In sentences, `{…}` stand for numbers and names.
#[derive(Debug)]
pub(super) struct Words {
    /// Land, river, lake, sea.
    mediums: [&'static str; 4],
    pub not_distinguished: &'static str,
    /// Nothing shows whether the line runs over land or water.
    not_shown: &'static str,
    /// `{}` is a party.
    pub side_of: &'static str,
    pub sector_along_line: &'static str,
    pub sector: &'static str,
    pub moved: &'static str,
    /// In the order of [`Symbol::ALL`].
    symbols: [&'static str; 8],
    /// One that no instrument gives a number.
    pub boundary_point: &'static str,
    /// East, west, north, south, after a number of degrees.
    pub winds: [&'static str; 4],
    pub kilometre: &'static str,
    pub metre: &'static str,
    /// With the space that follows a sentence, where the language has one.
    pub mercator: &'static str,
    /// The same; `{parallels}` are two numbers of degrees.
    pub lambert: &'static str,
    /// `{latitude}`, `{detail}`, `{maker}`, `{accuracy}`.
    pub made: &'static str,
    pub ends: &'static str,
    pub along_line: &'static str,
    pub and: &'static str,
    /// Before the name of a licence.
    pub licence: &'static str,
    /// Before numbers of boundary points.
    pub points: &'static str,
}

impl Words {
    /// The words in a language; English ones where there are none.
    pub(super) fn in_language(language: &Language) -> &'static Self {
        match &*language.primary() {
            "zh" => &CHINESE,
            "ru" => &RUSSIAN,
            "kk" => &KAZAKH,
            _ => &ENGLISH,
        }
    }

    pub(super) const fn over(&self, surface: Surface) -> &'static str {
        match surface {
            Surface::Shown(Medium::Land) => self.mediums[0],
            Surface::Shown(Medium::River) => self.mediums[1],
            Surface::Shown(Medium::Lake) => self.mediums[2],
            Surface::Shown(Medium::Sea) => self.mediums[3],
            Surface::NotShown => self.not_shown,
            Surface::Mixed => self.not_distinguished,
        }
    }

    pub(super) fn symbol(&self, symbol: Symbol) -> &'static str {
        let at = Symbol::ALL.iter().position(|one| *one == symbol);
        at.map_or("", |at| self.symbols[at])
    }
}

const ENGLISH: Words = Words {
    mediums: ["line over land", "line over a river or stream", "line over a lake", "line at sea"],
    not_distinguished: "line, not distinguished",
    not_shown: "line, not shown to be land or water",
    side_of: "side of {}",
    sector_along_line: "sector once disputed: line along it",
    sector: "sector once disputed",
    moved: "place where older maps leave the line",
    symbols: [
        "tripoint",
        "lake (its middle)",
        "town or village",
        "numbered boundary point",
        "crossing",
        "height or pass",
        "place on a river",
        "other landmark",
    ],
    boundary_point: "boundary point",
    winds: ["E", "W", "N", "S"],
    kilometre: "km",
    metre: "m",
    mercator: "Mercator's projection on WGS 84. ",
    lambert: "Lambert's conformal conic projection on WGS 84, standard parallels {parallels} \
              (Snyder 1987). ",
    made: "The scale bar is true at {latitude}. The line is simplified at {detail} m, half a pixel \
           of this map; insets show more. Line: {maker}, good to ± {accuracy} m.",
    ends: "Where the line ends: the circle shows how well the tripoint is known, the grey band how \
           well the line is.",
    along_line: "Where a sector has no published outline, the part of the line along it is marked; \
             its place can be inferred, and its note says so.",
    and: " and ",
    licence: "Licence: ",
    points: ", points ",
};

const CHINESE: Words = Words {
    mediums: ["陆地上的界线", "沿河流或溪流的界线", "湖上的界线", "海上的界线"],
    not_distinguished: "未区分的界线",
    not_shown: "未区分陆地或河流的界线",
    side_of: "{}一侧",
    sector_along_line: "曾有争议的地段：其旁的界线",
    sector: "曾有争议的地段",
    moved: "旧地图与界线不一致的地方",
    symbols: [
        "三国国界交界点",
        "湖泊（中心）",
        "城镇或村庄",
        "编号界点",
        "口岸",
        "高地或山口",
        "河流上的地点",
        "其他地物",
    ],
    boundary_point: "界点",
    winds: ["E", "W", "N", "S"],
    kilometre: "km",
    metre: "m",
    mercator: "墨卡托投影，WGS 84。",
    lambert: "兰伯特正形圆锥投影，WGS 84，标准纬线 {parallels}（Snyder 1987）。",
    // Chinese has no spaces, so a line break in the source must not become one.
    made: concat!(
        "比例尺在纬度 {latitude} 处准确。界线按 {detail} m（本图半个像素）化简，附图更详细。",
        "界线来源：{maker}，精度 ± {accuracy} m。",
    ),
    ends: "界线终点：圆圈表示三国交界点的精度，灰带表示界线的精度。",
    along_line: "没有公布轮廓的地段，标出其旁的界线；其位置可能是推断的，说明中会注明。",
    and: " 和 ",
    licence: "许可：",
    points: "，界点 ",
};

const RUSSIAN: Words = Words {
    mediums: ["линия по суше", "линия по реке или ручью", "линия по озеру", "линия по морю"],
    not_distinguished: "линия без различия",
    not_shown: "линия: суша или вода, не показано",
    side_of: "сторона: {}",
    sector_along_line: "ранее спорный участок: линия вдоль него",
    sector: "ранее спорный участок",
    moved: "место, где старые карты отходят от линии",
    symbols: [
        "стык границ трёх государств",
        "озеро (середина)",
        "город или село",
        "пограничная точка с номером",
        "пункт пропуска",
        "высота или перевал",
        "место на реке",
        "другой ориентир",
    ],
    boundary_point: "пограничная точка",
    winds: ["в. д.", "з. д.", "с. ш.", "ю. ш."],
    kilometre: "км",
    metre: "м",
    mercator: "Проекция Меркатора, WGS 84. ",
    lambert: "Равноугольная коническая проекция Ламберта, WGS 84, стандартные параллели \
              {parallels} (Snyder 1987). ",
    made: "Масштаб верен на широте {latitude}. Линия упрощена с допуском {detail} м, полпикселя \
           этой карты; врезки подробнее. Линия: {maker}, точность ± {accuracy} м.",
    ends: "Концы линии: круг показывает точность стыка границ, серая полоса — точность линии.",
    along_line: "Где очертания участка не опубликованы, отмечена линия вдоль него; её место может быть \
             предположительным, о чём сказано в примечании.",
    and: " и ",
    licence: "Лицензия: ",
    points: ", точки ",
};

const KAZAKH: Words = Words {
    mediums: [
        "құрлықтағы сызық",
        "өзен не бұлақ бойындағы сызық",
        "көлдегі сызық",
        "теңіздегі сызық",
    ],
    not_distinguished: "ажыратылмаған сызық",
    not_shown: "сызық: құрлық не су екені көрсетілмеген",
    side_of: "{} жағы",
    sector_along_line: "бұрын даулы учаске: жанындағы сызық",
    sector: "бұрын даулы учаске",
    moved: "ескі карталар сызықтан ауытқитын жер",
    symbols: [
        "үш мемлекет шекарасының түйісуі",
        "көл (ортасы)",
        "қала не ауыл",
        "нөмірленген шекара нүктесі",
        "өткізу пункті",
        "биіктік не асу",
        "өзендегі орын",
        "басқа бағдар",
    ],
    boundary_point: "шекара нүктесі",
    winds: ["ш. б.", "б. б.", "с. е.", "о. е."],
    kilometre: "км",
    metre: "м",
    mercator: "Меркатор проекциясы, WGS 84. ",
    lambert: "Ламберттің тең бұрышты конустық проекциясы, WGS 84, стандартты параллельдер \
              {parallels} (Snyder 1987). ",
    made: "Масштаб {latitude} ендікте дәл. Сызық {detail} м дәлдікпен жеңілдетілген, бұл картаның \
           жарты пикселі. Сызық: {maker}, дәлдігі ± {accuracy} м.",
    ends: "Сызықтың ұштары: шеңбер түйісу нүктесінің дәлдігін, сұр жолақ сызықтың дәлдігін \
           көрсетеді.",
    along_line: "Учаскенің шекарасы жарияланбаған жерде жанындағы сызық белгіленген.",
    and: " және ",
    licence: "Лицензия: ",
    points: ", нүктелер ",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places_to_fill() {
        let count = |text: &str| text.matches('{').count();
        for words in [&CHINESE, &RUSSIAN, &KAZAKH] {
            for (one, english) in [
                (words.made, ENGLISH.made),
                (words.lambert, ENGLISH.lambert),
                (words.side_of, ENGLISH.side_of),
            ] {
                assert_eq!(count(one), count(english), "{one}");
            }
            for place in ["{latitude}", "{detail}", "{maker}", "{accuracy}"] {
                assert!(words.made.contains(place), "{place} in {}", words.made);
            }
        }
    }

    #[test]
    fn chinese_has_no_spaces_inside_it() {
        // Signs of Chinese are wide, its commas too; numbers and Latin letters are not.
        let wide = |c: char| textwrap::core::display_width(c.encode_utf8(&mut [0; 4])) == 2;
        let torn = |text: &str| {
            let signs: Vec<char> = text.chars().collect();
            signs.windows(3).any(|three| wide(three[0]) && three[1] == ' ' && wide(three[2]))
        };
        assert!(torn("准确。 界线") && !torn("纬度 {latitude} 处准确。界线"));
        let words = format!("{CHINESE:?}");
        assert!(words.contains(CHINESE.ends) && !torn(&words), "{words}");
    }
}
