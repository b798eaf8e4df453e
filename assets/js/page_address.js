// <body data-here="ADDRESS">: the page is the answer to a form. In the browser's history it becomes an address that can be
// gone back to; going back to a form's answer would end on the browser's own error page.
export function nameThisPage() {
  const { here } = document.body.dataset;
  if (here) {
    history.replaceState(history.state, '', here);
  }
}
