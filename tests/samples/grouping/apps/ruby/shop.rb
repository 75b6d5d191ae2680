# A shop that fails in the way its first argument names, and lets the interpreter print the trace.
require 'erb'
require 'json'

class PaymentError < StandardError; end

class Cart
  def initialize(lines)
    @lines = lines
  end

  def total
    @lines.sum { |line| price(line) }
  end

  def price(line)
    line.fetch(:price) * line[:count]
  end

  define_method(:discount) { nil.percent }
end

def charge(card, amount)
  raise PaymentError, "card #{card} declined for #{amount}.00 EUR" if amount > 100
end

def pay(order)
  charge('4111', 250)
rescue PaymentError
  raise ArgumentError, "order #{order} failed"
end

def deeper(number)
  deeper(number + 1) + 1
end

CASES = {
  'fetch' => -> { Cart.new([{ count: 2 }]).total },
  'declined' => -> { charge('4111', 250) },
  'cause' => -> { pay(12) },
  'nil' => -> { Cart.new([]).discount },
  'method' => -> { Cart.new([]).checkout },
  'template' => -> { ERB.new("<%= order %>").tap { |erb| erb.filename = 'order.html.erb' }.result },
  'library' => -> { JSON.parse('{"order": 12,') },
  'type' => -> { 'order ' + 12 },
  'zero' => -> { [2, 0].each { |n| 10 / n } },
  'thread' => -> { Thread.new { charge('4111', 250) }.join }
}.freeze

CASES.fetch(ARGV.first).call
