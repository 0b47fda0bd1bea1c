const $ = id => document.getElementById(id);

function account() {
  $('who').textContent = marketplace.signedIn ? marketplace.email || 'Signed in' : '';
  $('signout').hidden = !marketplace.signedIn;
  $('register').hidden = marketplace.signedIn;
  $('register').href = marketplace.registerUrl();
}
marketplace.addEventListener('change', account);
$('signout').addEventListener('click', () => marketplace.signOut());
account();

document.querySelector('form').addEventListener('submit', async event => {
  event.preventDefault();
  const answer = $('answer');
  try {
    const reply = await marketplace.fetch('api/count', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: $('text').value }),
    });
    const body = await reply.json();
    answer.textContent = reply.ok ? `${body.words} words` : `${body.message || body.detail} `;
    const wayOn = reply.status === 429 && marketplace.wayOn(body);
    if (wayOn) {
      const link = document.createElement('a');
      link.href = wayOn;
      link.textContent = marketplace.signedIn ? 'Upgrade' : 'Register free';
      answer.append(link);
    }
  } catch {
    answer.textContent = 'The server cannot be reached. Try again.';
  }
});
