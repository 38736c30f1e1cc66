const form = document.querySelector('form');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ usr: form.login_email.value, pwd: form.login_password.value });
  const response = await fetch('/api/method/login', { method: 'POST', body, headers: { accept: 'application/json' } });
  const answer = await response.json();
  if (response.ok) location.href = answer.message === 'No App' ? answer.home_page : form.dataset.target;
  else form.querySelector('.login-error').textContent = `${answer.message}. Passwords here are sandbox-<name>.`;
});
