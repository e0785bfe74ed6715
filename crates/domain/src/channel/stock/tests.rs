//! Stock between two sides: what is told, what is taken, what is asked.

use proptest::prelude::*;

use super::*;

const PLAIN: StockRule = StockRule {
    buffer: 0,
    most: None,
};

fn merged(
    owner: Owner,
    rule: StockRule,
    numbers: (i64, i64),
    there: i64,
    here: i64,
) -> StockVerdict {
    merge_stock(StockSides {
        owner,
        rule,
        here,
        there: Some(there),
        agreed: Some(StockAgreed::on(numbers.0, numbers.1)),
    })
}

#[test]
fn what_one_side_changed_goes_to_the_other_and_what_both_changed_is_asked() {
    let ask = |agreed, there, here| merged(Owner::Ask, PLAIN, (agreed, agreed), there, here);
    assert_eq!(ask(5, 5, 5), StockVerdict::Nothing);
    assert_eq!(ask(5, 5, 8), StockVerdict::Push);
    assert_eq!(ask(5, 3, 5), StockVerdict::Pull(3));
    let asked = StockVerdict::Ask {
        base: Some(5),
        taken: 3,
    };
    assert_eq!(ask(5, 3, 8), asked);
    let now = StockAgreed::on(8, 8);
    assert_eq!(
        ask(5, 8, 8),
        StockVerdict::Agreed(now),
        "both changed to the same"
    );
}

#[test]
fn a_shop_that_is_told_of_ten_at_most_takes_its_sales_from_all_that_is_on_hand() {
    let rule = StockRule {
        buffer: 0,
        most: Some(10),
    };
    let sold_two = merged(Owner::Ask, rule, (100, 10), 8, 100);
    assert_eq!(sold_two, StockVerdict::Pull(98), "and not eight");
    let once = merged(Owner::Ask, rule, (100, 10), 8, 98);
    assert_eq!(
        once,
        StockVerdict::Push,
        "it was taken: it is not taken twice, and ten are told again"
    );
    let kept_back = StockRule {
        buffer: 2,
        most: None,
    };
    assert_eq!(
        merged(Owner::Ask, kept_back, (5, 3), 2, 5),
        StockVerdict::Pull(4)
    );
    assert_eq!(
        merged(Owner::Ask, kept_back, (5, 3), 3, 5),
        StockVerdict::Nothing
    );
    assert_eq!(
        merged(Owner::Ask, kept_back, (5, 5), 5, 5),
        StockVerdict::Push,
        "the rule is new"
    );
}

#[test]
fn what_was_left_to_differ_is_told_again_only_when_a_side_changes() {
    let left = |owner, there, here| {
        merge_stock(StockSides {
            owner,
            rule: PLAIN,
            here,
            there: Some(there),
            agreed: Some(StockAgreed {
                here: 31,
                there: 21,
                differs: true,
            }),
        })
    };
    for owner in [Owner::We, Owner::Ask] {
        assert_eq!(left(owner, 21, 31), StockVerdict::Nothing);
        assert_eq!(left(owner, 21, 35), StockVerdict::Push);
    }
    assert_eq!(left(Owner::Ask, 27, 31), StockVerdict::Pull(27));
}

#[test]
fn what_was_never_counted_here_begins_with_what_the_shop_has() {
    let begin = |owner, here, there| {
        merge_stock(StockSides {
            owner,
            rule: PLAIN,
            here,
            there,
            agreed: None,
        })
    };
    for owner in [Owner::We, Owner::Ask] {
        assert_eq!(begin(owner, 0, Some(7)), StockVerdict::Pull(7));
        assert_eq!(
            begin(owner, 4, None),
            StockVerdict::Push,
            "the shop keeps none yet"
        );
    }
    assert_eq!(begin(Owner::We, 4, Some(7)), StockVerdict::Push);
    let asked = StockVerdict::Ask {
        base: None,
        taken: 7,
    };
    assert_eq!(begin(Owner::Ask, 4, Some(7)), asked);
    assert_eq!(begin(Owner::Nobody, 4, Some(7)), StockVerdict::Nothing);
}

proptest! {
    /// After what was decided is done, and a conflict decided either way, both are in step as the rule says, and
    /// stay so. Whether what was done is known as agreed makes no difference.
    #[test]
    fn stock_that_was_brought_in_step_stays_so(
        owner in prop_oneof![Just(Owner::We), Just(Owner::They), Just(Owner::Ask)],
        buffer in 0i64..3, most in proptest::option::of(0i64..6),
        agreed in proptest::option::of((-1i64..9, 0i64..6)),
        here in -1i64..9, there in 0i64..6, takes: bool, is_kept: bool,
    ) {
        let rule = StockRule { buffer, most };
        let mut now = StockSides {
            owner, rule, here, there: Some(there),
            agreed: agreed.map(|(here, there)| StockAgreed::on(here, there)),
        };
        for _ in 0..3 {
            match merge_stock(now) {
                StockVerdict::Nothing => break,
                StockVerdict::Agreed(both) => now.agreed = Some(both),
                StockVerdict::Ask { taken, .. } if takes => {
                    now.here = taken;
                    now.agreed = Some(StockAgreed::on(taken, there));
                }
                StockVerdict::Push | StockVerdict::Ask { .. } => {
                    now.there = Some(rule.told(now.here));
                    now.agreed = Some(StockAgreed::on(now.here, rule.told(now.here)));
                }
                StockVerdict::Pull(taken) => {
                    now.here = taken;
                    if is_kept || now.agreed.is_none() {
                        now.agreed = Some(StockAgreed::on(taken, there));
                    }
                }
            }
        }
        prop_assert_eq!(merge_stock(now), StockVerdict::Nothing, "{:?}", now);
    }

    /// What was taken from a shop tells how many it had.
    #[test]
    fn what_was_taken_tells_how_many_the_shop_had(
        buffer in 0i64..3, most in proptest::option::of(0i64..6),
        agreed in proptest::option::of((0i64..9, 0i64..6)), there in any::<i32>(),
    ) {
        let rule = StockRule { buffer, most };
        let agreed = agreed.map(|(here, there)| StockAgreed::on(here, there));
        let there = i64::from(there);
        prop_assert_eq!(rule.there(rule.taken(there, agreed), agreed), there);
    }

    /// Where both are asked, a number that was changed is never overwritten by the other side's change.
    #[test]
    fn no_count_that_was_changed_is_overwritten_unasked(agreed in 0i64..4, here in 0i64..4, there in 0i64..4) {
        let verdict = merged(Owner::Ask, PLAIN, (agreed, agreed), there, here);
        prop_assert!(!matches!(verdict, StockVerdict::Pull(_)) || here == agreed);
        prop_assert!(verdict != StockVerdict::Push || there == agreed);
    }
}
