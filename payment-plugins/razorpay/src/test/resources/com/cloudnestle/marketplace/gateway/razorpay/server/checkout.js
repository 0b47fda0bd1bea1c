// Stands for Razorpay's checkout.js: the same global, options, events and results, with a dialog of three buttons in place of the
// methods of payment. Money is moved nowhere.
(function () {
  'use strict';
  var base = new URL(document.currentScript.src).origin;

  function button(id, text, onclick) {
    var element = document.createElement('button');
    element.id = id;
    element.type = 'button';
    element.textContent = text;
    element.onclick = onclick;
    return element;
  }

  function Razorpay(options) {
    if (!options || !options.key || !(options.order_id || options.subscription_id)) {
      throw new Error('checkout needs key and order_id or subscription_id');
    }
    this.options = options;
    this.listeners = {};
  }

  Razorpay.prototype.on = function (event, listener) {
    (this.listeners[event] = this.listeners[event] || []).push(listener);
    return this;
  };

  Razorpay.prototype.open = function () {
    var self = this;
    var options = this.options;
    var dialog = document.createElement('dialog');
    dialog.id = 'razorpay-contract-dialog';
    var title = document.createElement('p');
    title.textContent = (options.name || 'Payment') + ': ' + options.currency + ' ' + (Number(options.amount) / 100).toFixed(2);
    dialog.append(title, button('razorpay-pay', 'Pay', function () { attempt(true); }),
      button('razorpay-fail', 'Fail', function () { attempt(false); }), button('razorpay-close', 'Close', close));
    document.body.append(dialog);
    dialog.showModal();
    dialog.addEventListener('cancel', function (event) { event.preventDefault(); close(); });
    this.close = close;
    var timer = options.timeout ? setTimeout(close, options.timeout * 1000) : 0;

    function remove() {
      clearTimeout(timer);
      dialog.remove();
    }

    function close() {
      if (!dialog.isConnected) { return; }
      remove();
      if (options.modal && options.modal.ondismiss) { options.modal.ondismiss(); }
    }

    function attempt(succeed) {
      var body = { key: options.key, order_id: options.order_id, subscription_id: options.subscription_id, amount: Number(options.amount),
        currency: options.currency, succeed: succeed };
      fetch(base + '/v1/checkout/attempts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
        .then(function (answer) { return answer.json(); })
        .then(function (result) {
          if (result.error) {
            (self.listeners['payment.failed'] || []).forEach(function (listener) { listener(result); });
            title.textContent = 'Payment failed: ' + result.error.description;
            if (options.retry && options.retry.enabled === false) { close(); }
          } else {
            remove();
            if (options.handler) { options.handler(result); }
          }
        });
    }
  };

  window.Razorpay = Razorpay;
})();
