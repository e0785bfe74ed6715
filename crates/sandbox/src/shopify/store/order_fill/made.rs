//! One order, as the customer made it.

use std::sync::Arc;

use super::super::model::State;
use super::super::orders::{
    Address, Delivery, Line, Order, PAR, Payment, Tax, Transaction, has_no_hundredths,
};
use super::Fill;
use super::oddity::{Oddity, oddity};
use super::past;
use super::people::{abroad, email, words};
use crate::frame::Random;

/// The order at a place, with all that became of it since.
pub(super) fn order(state: &mut State, fill: &mut Fill, place: u64) -> Order {
    let mut random = Random::nth(fill.seed ^ 0x0DE5_0001, place);
    let newest = fill.count - 1 - place;
    let odd = oddity(newest);
    let created = fill.created(place);
    let mut order = Order {
        id: state.number(),
        // Now and then a number is missing: the order was deleted.
        number: u32::try_from(1001 + place + place / 17).unwrap_or(u32::MAX),
        source: fill.word("web"),
        created,
        processed: created,
        updated: created,
        taxes_included: true,
        currency: fill.word(&state.facts.currency),
        rate: PAR,
        ..Order::default()
    };
    buyer(state, fill, &mut order, (odd, newest), &mut random);
    goods(state, fill, &mut order, odd, &mut random);
    reduce(&mut order, odd);
    delivery(state, fill, &mut order, odd);
    tax(fill, &mut order);
    let lines: Vec<u64> = order.lines.iter().map(|line| line.id).collect();
    if odd == Oddity::TwoPlaces {
        past::route_apart(state, &mut order, &lines);
    } else {
        state.route(&mut order, &lines, created);
    }
    payment(state, fill, &mut order, odd);
    past::tell(state, fill, &mut order, odd);
    order
}

/// Who bought it, and where it goes.
fn buyer(
    state: &mut State,
    fill: &mut Fill,
    order: &mut Order,
    (odd, nth): (Oddity, u64),
    random: &mut Random,
) {
    let (customer, mut address) = fill.people.pick(random);
    order.customer = Some(customer);
    let known = state.customers.get(&customer);
    order.email = known.and_then(|one| one.email.clone());
    match odd {
        Oddity::Guest => {
            order.customer = None;
            order.email = Some(email(1_000_000 + usize::try_from(nth).unwrap_or_default()));
        }
        Oddity::PhoneOnly => {
            order.email = None;
            order.phone = words("+4945112345");
        }
        Oddity::OtherMoney | Oddity::TaxOnTop => {
            let (there, currency, rate) =
                abroad(state, random, if odd == Oddity::TaxOnTop { 0 } else { nth });
            address = Arc::new(there);
            if odd == Oddity::OtherMoney {
                order.currency = fill.word(currency);
                order.rate = rate;
            }
            order.taxes_included = false;
        }
        Oddity::BrokenAddress => {
            address = Arc::new(Address {
                id: state.number(),
                last: None,
                zip: None,
                phone: None,
                company: None,
                ..(*address).clone()
            });
        }
        Oddity::OverTheCounter => {
            order.customer = None;
            order.email = None;
            order.source = Arc::from("pos");
            order.source_identifier = Some(Box::from(format!("1-{}-{}", order.number, nth)));
        }
        Oddity::Company => {
            order.po_number = Some(Box::from(format!("PO/{}/ß", order.number)));
            order.tax_exempt = true;
        }
        Oddity::Unpriced => order.source = Arc::from("practice-feed"),
        _ => {}
    }
    let is_sent = ![Oddity::PickUp, Oddity::OverTheCounter, Oddity::GiftCard].contains(&odd);
    order.shipping = is_sent.then(|| Arc::clone(&address));
    order.billing = (odd != Oddity::OverTheCounter).then_some(address);
    texts(order, odd);
}

fn texts(order: &mut Order, odd: Oddity) {
    match odd {
        Oddity::Notes => {
            order.note =
                words("Bitte als Geschenk 🎁 einpacken!\nKlingel: \"Groß\" – 2. OG <links>");
            order.tags = ["Gift 🎁", "VIP", "needs, care"].map(String::from).to_vec();
            order.attributes = vec![
                (String::from("Delivery date"), String::from("2026-12-24")),
                (String::from("Greeting"), String::from("‏שלום‏, Oma 👵🏽")),
            ];
        }
        Oddity::PickUp => order.note = words("Hole ich am Freitag ab."),
        Oddity::Test => {
            order.test = true;
            order.tags = vec![String::from("test")];
        }
        _ => {}
    }
}

/// What was bought.
fn goods(state: &mut State, fill: &mut Fill, order: &mut Order, odd: Oddity, random: &mut Random) {
    let count = match odd {
        Oddity::ManyLines => 60,
        Oddity::TwoPlaces => 2,
        Oddity::GiftCard => 0,
        _ => 1 + random.below(3),
    };
    for nth in 0..count {
        let from = if odd == Oddity::TwoPlaces && !fill.spread.is_empty() {
            &fill.spread
        } else {
            &fill.goods
        };
        if from.is_empty() {
            break;
        }
        let variant = *random.pick(from);
        let mut line = fill.template(state, variant);
        line.id = state.number();
        line.price = order.in_own_currency(line.price);
        let counted = [Oddity::PartlySent, Oddity::TakenOut, Oddity::PartlyRefunded].contains(&odd);
        line.quantity = if counted && nth == 0 {
            3
        } else {
            1 + u32::try_from(random.below(3)).unwrap_or_default()
        };
        if odd == Oddity::Free {
            line.price = 0;
        }
        if odd == Oddity::DeletedProduct && nth == 0 {
            gone(state, &mut line);
        }
        order.lines.push(line);
    }
    let card = odd == Oddity::GiftCard;
    if card || odd == Oddity::CustomItem || order.lines.is_empty() {
        let title = if card {
            "Gift card"
        } else {
            "Engraving: „Für Emma“ ✨"
        };
        order.lines.push(Line {
            id: state.number(),
            title: Arc::from(title),
            sku: None,
            quantity: 1,
            price: order.in_own_currency(2500),
            ships: !card,
            taxable: !card,
            gift_card: card,
            attributes: vec![(String::from("Text"), String::from("Für Emma"))],
            ..Line::default()
        });
    }
}

/// Its variant is not in the shop any more; the line tells what it was.
fn gone(state: &mut State, line: &mut Line) {
    line.product = Some(state.number());
    line.variant = Some(state.number());
    line.title = Arc::from("Discontinued teapot");
    line.variant_title = Some(Arc::from("Blue"));
    line.sku = Some(Arc::from("OLD-POT-1"));
}

fn reduce(order: &mut Order, odd: Oddity) {
    let whole = if has_no_hundredths(&order.currency) {
        100
    } else {
        1
    };
    match odd {
        Oddity::LineDiscount => {
            if let Some(line) = order.lines.first_mut() {
                line.discount = line.net() / 5 / whole * whole;
            }
        }
        Oddity::Code => {
            order.discount_codes = vec![String::from("WELCOME10")];
            for line in &mut order.lines {
                line.share = line.net() / 10 / whole * whole;
            }
        }
        _ => {}
    }
}

fn delivery(state: &mut State, fill: &mut Fill, order: &mut Order, odd: Oddity) {
    let (title, code, price) = match odd {
        Oddity::PickUp => ("Abholung im Laden", "pickup", 0),
        Oddity::OverTheCounter | Oddity::GiftCard => return,
        Oddity::Free => ("Free shipping", "free", 0),
        Oddity::OtherMoney | Oddity::TaxOnTop => ("International", "intl", 1490),
        _ => ("Standard", "standard", 490),
    };
    order.deliveries.push(Delivery {
        id: state.number(),
        title: fill.word(title),
        code: Some(fill.word(code)),
        price: order.in_own_currency(price),
        taxes: Vec::new(),
    });
}

/// The taxes where it goes: title and millionths.
pub(in super::super) fn taxes_of(country: Option<&str>) -> &'static [(&'static str, i64)] {
    match country {
        Some("AT") => &[("USt.", 200_000)],
        Some("FR") => &[("TVA", 200_000)],
        Some("NL") => &[("BTW", 210_000)],
        Some("IT") => &[("IVA", 220_000)],
        Some("ES") => &[("IVA", 210_000)],
        Some("GB") => &[("VAT", 200_000)],
        Some("US") => &[
            ("New York State Tax", 40_000),
            ("New York City Tax", 45_000),
        ],
        Some("JP" | "CH") => &[],
        _ => &[("MwSt.", 190_000)],
    }
}

fn tax(fill: &mut Fill, order: &mut Order) {
    if order.tax_exempt {
        return;
    }
    let address = order.shipping.as_ref().or(order.billing.as_ref());
    let country = address.and_then(|one| one.country.clone());
    let rates = taxes_of(country.as_deref());
    let included = order.taxes_included;
    for line in order.lines.iter_mut().filter(|line| line.taxable) {
        line.taxes = taxes(fill, rates);
        line.retax(included);
    }
    for delivery in &mut order.deliveries {
        let mut shown = Line {
            quantity: 1,
            price: delivery.price,
            taxes: taxes(fill, rates),
            ..Line::default()
        };
        shown.retax(included);
        delivery.taxes = shown.taxes;
    }
}

fn taxes(fill: &mut Fill, rates: &[(&str, i64)]) -> Vec<Tax> {
    let tax = |(title, rate): &(&str, i64)| Tax {
        title: fill.word(title),
        rate: *rate,
        amount: 0,
    };
    rates.iter().map(tax).collect()
}

fn payment(state: &mut State, fill: &mut Fill, order: &mut Order, odd: Oddity) {
    let total = order.sums().total;
    let (kind, status, gateway) = match odd {
        Oddity::Unpriced => return,
        Oddity::Pending => (Payment::Sale, "PENDING", "Bank Deposit"),
        Oddity::Authorized | Oddity::Expired | Oddity::Voided => {
            (Payment::Authorization, "SUCCESS", "shopify_payments")
        }
        Oddity::OverTheCounter => (Payment::Sale, "SUCCESS", "cash"),
        Oddity::Test => (Payment::Sale, "SUCCESS", "bogus"),
        _ if total == 0 => return,
        _ => (Payment::Sale, "SUCCESS", "shopify_payments"),
    };
    if odd == Oddity::Notes {
        // The first card was refused.
        let id = state.number();
        order.transactions.push(Transaction {
            id,
            kind,
            status: "FAILURE",
            gateway: fill.word(gateway),
            processed: order.created.plus(-30_000),
            amount: total,
            parent: None,
            error: Some("CARD_DECLINED"),
        });
    }
    order.transactions.push(Transaction {
        id: state.number(),
        kind,
        status,
        gateway: fill.word(gateway),
        processed: order.created,
        amount: total,
        parent: None,
        error: None,
    });
    order.expired = odd == Oddity::Expired;
}
