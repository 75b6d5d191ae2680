// A shop that panics in the way its first argument names, and lets the runtime print the trace.
package main

import (
	"fmt"
	"os"
	"sort"
)

type cart struct{ lines []int }

type order struct{ cart *cart }

func (c *cart) price(line int) int { return c.lines[line] }

func (o order) total() int { return o.cart.price(0) }

func charge(card string, amount int) {
	if amount > 100 {
		panic(fmt.Errorf("card %s declined for %d.00 EUR", card, amount))
	}
}

func apply[T any](values []T, f func(T)) {
	for _, v := range values {
		f(v)
	}
}

func main() {
	switch os.Args[1] {
	case "nil":
		order{}.total()
	case "index":
		(&cart{[]int{1}}).price(len(os.Args) + 3)
	case "declined":
		charge("4111", 250)
	case "closure":
		func() { charge("4111", 250) }()
	case "sort":
		sort.Slice([]int{2, 1}, func(i, j int) bool { panic("cannot compare orders") })
	case "generic":
		apply([]int{1, 0}, func(n int) { fmt.Println(1 / n) })
	case "map":
		var prices map[string]int
		prices["tea"] = len(os.Args)
	case "goroutine":
		go charge("4111", 250)
		select {}
	case "convert":
		var value any = "order 12"
		fmt.Println(value.(int))
	}
}
