# Read by run: PhonePe and Razorpay on this machine, as the contract tests of their gateways know them, and an Indian seller.

payment_servers() { # port of the marketplace, which they notify
  local modules=payment-plugins/phonepe,payment-plugins/razorpay log=$data/payment-servers.log root
  root=$(cd "$here/../.." && pwd -P)
  "$mvn" -B -q -f "$root/pom.xml" -pl "$modules" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.includeScope=test \
    -Dmdep.outputFile=target/browser-tests.classpath >"$target/maven-payments.log" 2>&1 ||
    fail "the contract servers of the gateways could not be built; see $target/maven-payments.log"
  serve phonepe com.cloudnestle.marketplace.gateway.phonepe.server.PhonePeServer 0 "http://127.0.0.1:$1/api/payments/webhook/phonepe"
  phonepe=$served
  serve razorpay com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer 0 rzp_test_browser00001 key-secret-of-the-tests \
    webhook-secret-of-the-tests acc_Browser0000001 "http://127.0.0.1:$1/api/payments/webhook/razorpay"
  razorpay=$served
  configure_payments
}

serve() { # module, class and what it is told; its address is in what it prints
  local module=$1 class=$2 said=$data/$1-server.out waited=0 java=${JAVA_HOME:+$JAVA_HOME/bin/}java folder
  shift 2
  folder=$(cd "$here/../../payment-plugins/$module/target" && pwd -P)
  "$java" -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$folder/test-classes:$folder/classes:$(cat "$folder/browser-tests.classpath")" \
    "$class" "$@" >"$said" 2>&1 &
  started+=($!)
  until served=$(grep -o 'http://127.0.0.1:[0-9]*' "$said" | head -n 1) && [ -n "$served" ]; do
    kill -0 "${started[-1]}" 2>/dev/null || fail "the contract server of $module did not start; see $said"
    [ $((waited += 1)) -le 1500 ] || fail "the contract server of $module did not answer within five minutes; see $said"
    sleep 0.2
  done
}

configure_payments() {
  local etc=$data/etc name=com.cloudnestle.marketplace
  mkdir -p "$etc"
  dearer_tier
  cat >"$etc/$name.payment.cfg" <<'CONFIGURATION'
seller.country = IN
seller.state = 29
tax.rates = 2017-07-01 IN GST 1800
gateways = sandbox, phonepe, razorpay
poll.seconds = 1
CONFIGURATION
  cat >"$etc/$name.gateway.phonepe-main.cfg" <<CONFIGURATION
merchant_id = MLAB
client_id = lab-client
client_secret = lab-client-secret-0001
webhook_username = webuser_1
webhook_password = Passw0rd9
oauth_base_url = $phonepe
pg_base_url = $phonepe
connect_timeout_seconds = 60
timeout_seconds = 60
CONFIGURATION
  cat >"$etc/$name.gateway.razorpay-main.cfg" <<CONFIGURATION
account_id = acc_Browser0000001
key_id = rzp_test_browser00001
key_secret = key-secret-of-the-tests
webhook_secret = webhook-secret-of-the-tests
brand = CloudNestle
base_url = $razorpay
connect_timeout_millis = 60000
request_timeout_millis = 60000
checkout_url = $razorpay/v1/checkout.js
script_origins = $razorpay
CONFIGURATION
}

install_gateways() {
  local waited=0
  until "$here/../../run" --data "$data" console feature:install marketplace-sandbox marketplace-phonepe marketplace-razorpay >"$data/gateways.log" 2>&1; do
    [ $((waited += 1)) -le 120 ] || fail "the console does not take the gateways; see $data/gateways.log" # it opens at a time of its own
    sleep 1
  done
  until [ "$(curl -s -H "Authorization: Bearer $MARKETPLACE_ADMIN_KEY" "$base/api/admin/gateways" | grep -o '"gateway"' | wc -l)" -ge 3 ]; do
    [ $((waited += 1)) -le 600 ] || fail "not all gateways are there after five minutes; see $data/gateways.log"
    sleep 0.5
  done
}

dearer_tier() { # the profile of the finder, with a price for the tier above pro, and days that do not end while the tests run
  local zone=UTC
  [ "$((10#$(date -u +%H)))" -lt 12 ] || zone=Etc/GMT+12
  mkdir -p "$data/profiles"
  cat >"$data/profiles/daily.json" <<PROFILE
{
  "name": "daily",
  "tiers": [
    { "tier": "anonymous", "limits": [{ "window": "lifetime", "amount": 3 }] },
    { "tier": "registered", "limits": [{ "window": "day", "zone": "$zone", "amount": 10 }] },
    {
      "tier": "pro",
      "limits": [{ "window": "lifetime", "amount": -1 }],
      "price": { "amount": "999.00", "currency": "INR", "period": "month" }
    },
    {
      "tier": "enterprise",
      "limits": [{ "window": "lifetime", "amount": -1 }],
      "price": { "amount": "4999.00", "currency": "INR", "period": "month" },
      "features": ["priority-support"]
    }
  ]
}
PROFILE
}
