// Before the first paint, so that nobody sees the other theme flash. A file of its own: the policy allows no inline script.
var root = document.documentElement
var wanted = null
try {
  wanted = localStorage.getItem('theme')
  var language = localStorage.getItem('language')
  if (language === 'hi' || language === 'en') root.lang = language
} catch (blocked) {
  // without storage the system's theme holds
}
var dark = window.matchMedia('(prefers-color-scheme: dark)').matches
root.dataset.theme = wanted === 'light' || wanted === 'dark' ? wanted : dark ? 'dark' : 'light'
