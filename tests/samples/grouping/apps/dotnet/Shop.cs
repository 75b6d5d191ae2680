using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Shop
{
    class PaymentException : Exception
    {
        public PaymentException(string message, Exception cause = null) : base(message, cause) { }
    }

    class Cart
    {
        readonly Dictionary<string, int> prices = new Dictionary<string, int>();
        public int Price(string line) { return prices[line]; }
        public int Total(IEnumerable<string> lines) { return lines.Select(line => Price(line)).Sum(); }
    }

    static class Program
    {
        static void Charge(string card, int amount)
        {
            if (amount > 100) throw new PaymentException($"card {card} declined for {amount}.00 EUR");
        }

        static void Pay(int order)
        {
            try { Charge("4111", 250); }
            catch (PaymentException cause) { throw new InvalidOperationException($"order {order} failed", cause); }
        }

        static async Task Ship(int order)
        {
            await Task.Yield();
            throw new TimeoutException($"carrier did not answer for order {order}");
        }

        static T Generic<T>(object value) { return (T)value; }

        static void Main(string[] arguments)
        {
            switch (arguments[0])
            {
                case "declined": Charge("4111", 250); break;
                case "cause": Pay(12); break;
                case "lookup": new Cart().Total(new[] { "tea" }); break;
                case "nil": string none = null; Console.WriteLine(none.Length); break;
                case "async": Ship(12).GetAwaiter().GetResult(); break;
                case "wait": Ship(12).Wait(); break;
                case "generic": Console.WriteLine(Generic<int>("order 12")); break;
                case "local":
                    Action<int> local = n => Console.WriteLine(10 / n);
                    local(arguments.Length - 1);
                    break;
            }
        }
    }
}
