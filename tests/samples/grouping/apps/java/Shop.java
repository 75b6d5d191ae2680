import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;

/** A shop that fails in the way its first argument names, and lets the JVM print the trace. */
public class Shop {
    static class PaymentException extends RuntimeException {
        PaymentException(String message, Throwable cause) { super(message, cause); }
    }

    interface Carrier { void ship(int order); }

    static class Cart implements AutoCloseable {
        int price(Integer amount) { return amount * 2; }
        public void close() { throw new IllegalStateException("cart 12 is still open"); }
    }

    static void charge(String card, int amount) {
        if (amount > 100) throw new PaymentException("card " + card + " declined for " + amount + ".00 EUR", null);
    }

    static void pay(int order) {
        try {
            charge("4111", 250);
        } catch (PaymentException cause) {
            throw new IllegalStateException("order " + order + " failed", cause);
        }
    }

    static int deeper(int n) { return deeper(n + 1) + 1; }

    static void lambda() { List.of(2, 1, 0).forEach(n -> System.out.println(10 / n)); }

    static void anonymous() {
        new IntUnaryOperator() {
            public int applyAsInt(int n) { return new int[2][n].length; }
        }.applyAsInt(7);
    }

    static void proxy() {
        Carrier carrier = (Carrier) Proxy.newProxyInstance(Shop.class.getClassLoader(),
            new Class<?>[] {Carrier.class}, (self, method, arguments) -> {
                throw new UnsupportedOperationException("no carrier for " + arguments[0]);
            });
        carrier.ship(12);
    }

    static void reflection() throws Exception {
        Shop.class.getDeclaredMethod("pay", int.class).invoke(null, 12);
    }

    static void resources() {
        try (Cart cart = new Cart()) {
            cart.price(null);
        }
    }

    static void future() { CompletableFuture.supplyAsync(() -> Integer.parseInt("twelve")).join(); }

    static void cast() { Object order = "order 12"; System.out.println((Integer) order); }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "declined" -> charge("4111", 250);
            case "cause" -> pay(12);
            case "lookup" -> new Cart().price(null);
            case "recursion" -> deeper(0);
            case "lambda" -> lambda();
            case "anonymous" -> anonymous();
            case "proxy" -> proxy();
            case "reflection" -> reflection();
            case "resources" -> resources();
            case "future" -> future();
            case "cast" -> cast();
        }
    }
}
