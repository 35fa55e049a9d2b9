use super::*;

fn spot(x: f64, z: f64) -> Spot {
    Spot { x, z }
}

#[test]
fn every_built_in_map_is_sound_and_says_who_it_is() {
    let mut ids: Vec<String> = MAPS
        .iter()
        .map(|json| WorldMap::from_json(json).unwrap().id)
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

/// Changes the harbour and says what is wrong with it then.
fn check(change: impl FnOnce(&mut WorldMap), expected: &str) {
    let mut map = WorldMap::harbour();
    change(&mut map);
    let json = serde_json::to_string(&map).unwrap();
    let fault = WorldMap::from_json(&json).unwrap_err();
    assert_eq!(fault.to_string(), expected);
}

#[test]
fn a_map_has_an_id_and_a_size() {
    check(|map| map.id = " ".into(), "The map needs an id.");
    check(
        |map| map.bounds.east = 400,
        "A side of the map must have 1 to 256 tiles; it has 414 x 28.",
    );
    check(
        |map| map.bounds.south = -13,
        "A side of the map must have 1 to 256 tiles; it has 32 x 0.",
    );
}

#[test]
fn the_ground_fills_the_bounds() {
    check(
        |map| map.bounds.south = 16,
        "The ground must have 29 rows between north and south; it has 28.",
    );
    check(
        |map| map.ground.rows[2].push('.'),
        "Row 3 of the ground must have 32 letters; it has 33.",
    );
    check(
        |map| map.ground.rows[2] = map.ground.rows[2].replace('P', "x"),
        "Row 3 of the ground uses the letter \u{201c}x\u{201d}, which the legend does not explain.",
    );
}

#[test]
fn newcomers_stand_where_one_can_walk_to_the_others() {
    check(|map| map.spawns.clear(), "The map needs a spawn.");
    check(
        |map| map.spawns[0].x = -12.0,
        "Nobody can stand on the spawn at -12/0.",
    );
    check(
        |map| {
            for row in &mut map.ground.rows {
                *row = row.replace('b', ".");
            }
            map.spawns.push(Spawn {
                x: 14.5,
                z: 1.5,
                radius: 0.5,
            });
        },
        "From the first spawn nobody walks to the spawn at 14.5/1.5.",
    );
}

#[test]
fn things_stand_on_land_and_boats_in_the_water() {
    check(
        |map| map.things[1].x = -30.0,
        "The house at -30/-8.9 must stand on land, inside the map.",
    );
    let boat = |map: &WorldMap| map.things.iter().position(|it| it.kind.floats()).unwrap();
    check(
        |map| {
            let boat = boat(map);
            (map.things[boat].x, map.things[boat].z) = (0.0, 0.0);
        },
        "The sailboat at 0/0 must stand in the water.",
    );
    check(
        |map| map.things[1].size = 0.0,
        "The size of the house at -4.3/-8.9 must lie between 0.1 and 10.",
    );
}

#[test]
fn an_unknown_word_is_named() {
    let json = MAPS[0].replace("\"lighthouse\"", "\"castle\"");
    let fault = WorldMap::from_json(&json).unwrap_err().to_string();
    assert!(fault.contains("castle"), "{fault}");
}

#[test]
fn one_stands_on_dry_ground_that_nothing_takes() {
    let harbour = Terrain::new(&WorldMap::harbour());
    let check = |x, z, expected| assert_eq!(harbour.can_stand(spot(x, z)), expected, "{x}/{z}");
    for (x, z) in [
        (0.0, 0.0),
        (-6.0, 0.0),
        (0.0, -8.4),
        (0.0, 12.0),
        (14.9, 1.2),
        (10.8, 0.0),
    ] {
        check(x, z, true);
    }
    for (x, z) in [
        (-12.0, -10.0),
        (0.0, 15.6),
        (-4.3, -9.2),
        (4.2, 2.9),
        (-10.45, 0.0),
    ] {
        check(x, z, false);
    }
    check(f64::NAN, 0.0, false);
    check(1e300, -1e300, false);
}

#[test]
fn one_walks_from_the_plaza_everywhere_and_never_through_a_wall() {
    let harbour = Terrain::new(&WorldMap::harbour());
    let reached = harbour.reached_from(spot(0.0, 0.0));
    for goal in [spot(-5.5, -8.0), spot(15.0, 1.5), spot(0.5, 13.5)] {
        assert!(reached.iter().any(|it| it.distance(goal) < 0.5), "{goal:?}");
    }
    assert!(harbour.is_clear(spot(0.0, 0.0), spot(2.0, 1.0)));
    assert!(!harbour.is_clear(spot(0.0, 0.0), spot(-15.0, 0.0)));
    assert!(!harbour.is_clear(spot(-6.0, -6.5), spot(-6.0, -8.5)));
}
