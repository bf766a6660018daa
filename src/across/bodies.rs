//! Which documents are of one organisation, and which may be.

use super::organization::{Likeness, NO_PLACE, Name, PLACE_RECURS};
use super::shelf::Shelf;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The documents of one organisation, in the order in which they came.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub documents: Vec<u32>,
    /// A document of it, one that may be of it too, and the reason for the doubt.
    pub doubts: Vec<(u32, u32, &'static str)>,
}

/// The organisations of a run.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// In the order of their first documents.
    pub list: Vec<Body>,
    /// Which of them a name stands for.
    of_name: FxHashMap<Name, usize>,
}

impl Bodies {
    /// Sorts the documents of a shelf by organisation.
    pub(super) fn new(shelf: &Shelf) -> Self {
        let mut by_name: BTreeMap<&Name, Vec<u32>> = BTreeMap::new();
        for (number, document) in (0..).zip(&shelf.documents) {
            by_name.entry(&document.name).or_default().push(number);
        }
        // Names that can be of one organisation end alike.
        let mut kin: BTreeMap<(&str, Option<&str>), Vec<&Name>> = BTreeMap::new();
        for name in by_name.keys() {
            kin.entry((&name.body, name.places.last().map(String::as_str))).or_default().push(name);
        }
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut group_of: FxHashMap<Name, usize> = FxHashMap::default();
        let mut doubts: Vec<(u32, u32, &'static str)> = Vec::new();
        for ((body, place), names) in &kin {
            if place.is_none() {
                // Every document stands for itself: there may be as many bodies.
                let documents: Vec<u32> = names.iter().filter_map(|n| by_name.get(*n)).flatten().copied().collect();
                let others = kin.range((*body, None)..).take_while(|((b, _), _)| b == body);
                let others: Vec<u32> =
                    others.flat_map(|(_, names)| names).filter_map(|n| by_name.get(*n)).flatten().copied().collect();
                for d in documents {
                    doubts.extend(partner(shelf, d, &others).map(|other| (d, other, NO_PLACE)));
                    groups.push(vec![d]);
                }
                continue;
            }
            for (name, whole) in families(names) {
                let documents = by_name.get(name).cloned().unwrap_or_default();
                match whole {
                    Whole::Itself => {
                        group_of.insert((*name).clone(), groups.len());
                        groups.push(documents);
                    }
                    Whole::Same(longer) => {
                        if let Some(group) = group_of.get(longer).copied() {
                            group_of.insert((*name).clone(), group);
                            if let Some(group) = groups.get_mut(group) {
                                group.extend(documents);
                            }
                        }
                    }
                    Whole::Doubtful(longer) => {
                        group_of.insert((*name).clone(), groups.len());
                        let others: Vec<u32> =
                            longer.iter().filter_map(|n| by_name.get(*n)).flatten().copied().collect();
                        for d in &documents {
                            doubts.extend(partner(shelf, *d, &others).map(|other| (*d, other, PLACE_RECURS)));
                        }
                        groups.push(documents);
                    }
                }
            }
        }
        Bodies::ordered(groups, group_of, doubts)
    }

    fn ordered(groups: Vec<Vec<u32>>, group_of: FxHashMap<Name, usize>, doubts: Vec<(u32, u32, &'static str)>) -> Self {
        let mut order: Vec<(usize, Vec<u32>)> = groups.into_iter().enumerate().collect();
        for (_, documents) in &mut order {
            documents.sort_unstable();
        }
        order.sort_by_key(|(_, documents)| documents.first().copied());
        let mut place = vec![0; order.len()];
        let mut list = Vec::with_capacity(order.len());
        for (at, (before, documents)) in order.into_iter().enumerate() {
            if let Some(place) = place.get_mut(before) {
                *place = at;
            }
            list.push(Body { documents, doubts: vec![] });
        }
        let of_name = group_of.into_iter().filter_map(|(n, g)| Some((n, *place.get(g)?))).collect();
        let mut of_document: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, body) in list.iter().enumerate() {
            of_document.extend(body.documents.iter().map(|d| (*d, at)));
        }
        for doubt in doubts {
            if let Some(body) = of_document.get(&doubt.0).and_then(|at| list.get_mut(*at)) {
                body.doubts.push(doubt);
            }
        }
        for body in &mut list {
            body.doubts.sort_unstable_by_key(|(one, other, _)| (*one, *other));
        }
        Bodies { list, of_name }
    }

    /// The organisation that a name stands for, written just so.
    pub(super) fn named(&self, name: &Name) -> Option<&Body> {
        self.of_name.get(name).and_then(|at| self.list.get(*at))
    }
}

/// What a name is beside fuller ones.
enum Whole<'n> {
    /// No name is fuller.
    Itself,
    /// A fuller one is the same organisation's.
    Same(&'n Name),
    /// The fuller ones may be others'.
    Doubtful(Vec<&'n Name>),
}

/// Names of one body in places of one name, the fullest first.
fn families<'n>(names: &[&'n Name]) -> Vec<(&'n Name, Whole<'n>)> {
    let mut names = names.to_vec();
    names.sort_by_key(|n| (std::cmp::Reverse(n.places.len()), (*n).clone()));
    let mut out: Vec<(&Name, Whole)> = Vec::with_capacity(names.len());
    for name in names {
        let fuller: Vec<&Name> = out
            .iter()
            .map(|(n, _)| *n)
            .filter(|n| n.places.len() > name.places.len() && n.places.ends_with(&name.places))
            .collect();
        let fullest: Vec<&Name> = fuller
            .iter()
            .copied()
            .filter(|n| !fuller.iter().any(|m| m.places.len() > n.places.len() && m.places.ends_with(&n.places)))
            .collect();
        let whole = match fullest.as_slice() {
            [] => Whole::Itself,
            [one] if name.compare(one) == Likeness::Same => Whole::Same(one),
            _ => Whole::Doubtful(fullest),
        };
        out.push((name, whole));
    }
    out
}

/// A document with which another would be compared, if both were of one organisation.
fn partner(shelf: &Shelf, document: u32, others: &[u32]) -> Option<u32> {
    let d = shelf.document(document)?;
    let near = |o: &u32| {
        *o != document
            && shelf.document(*o).is_some_and(|o| o.year.abs_diff(d.year) <= 1 && o.source.sha256 != d.source.sha256)
    };
    // Each pair once: of two alike the later looks for the earlier.
    let alike = |o: &u32| shelf.document(*o).is_some_and(|o| o.name.places == d.name.places);
    others.iter().copied().filter(near).find(|o| *o < document || !alike(o))
}
