//! A shop that panics in the way its first argument names, and lets the runtime print the trace.
use std::cell::RefCell;
use std::collections::HashMap;

struct Cart {
    lines: Vec<u32>,
}

impl Cart {
    #[inline(never)]
    fn price(&self, line: usize) -> u32 {
        self.lines[line]
    }
}

trait Carrier {
    fn ship(&self, order: u32);
}

impl Carrier for Cart {
    #[inline(never)]
    fn ship(&self, order: u32) {
        let parsed: Result<u32, _> = "twelve".parse::<u32>();
        println!("{} {}", order, parsed.expect("a number of days"));
    }
}

#[inline(never)]
fn charge(card: &str, amount: u32) {
    if amount > 100 {
        panic!("card {card} declined for {amount}.00 EUR");
    }
}

#[inline(never)]
fn divide(n: u32) -> u32 {
    10 / n
}

fn main() {
    let cart = Cart { lines: vec![1] };
    match std::env::args().nth(1).unwrap().as_str() {
        "index" => println!("{}", cart.price(7)),
        "declined" => charge("4111", 250),
        "trait" => cart.ship(12),
        "closure" => vec![2, 0].into_iter().for_each(|n| println!("{}", divide(n))),
        "unwrap" => println!("{}", HashMap::from([("tea", 3)]).get("cup").unwrap()),
        "borrow" => {
            let cell = RefCell::new(cart);
            let _first = cell.borrow_mut();
            cell.borrow_mut().lines.clear();
        }
        "thread" => std::thread::spawn(|| charge("4111", 250)).join().unwrap_or(()),
        _ => unreachable!("no such case"),
    }
}
