// Drives the module that pages load, through the script that pages load.

window.replay = async (visits, site) => {
  const config = await (await fetch(site)).json();
  const answer = await fetch(new URL("/" + config.modules["runtime.wasm"].file, site));
  const bytes = await answer.arrayBuffer();
  const wrong = [];
  for (const { name, calls } of visits) {
    const headers = { "content-type": "application/wasm" };
    await load(new Response(bytes, { headers }));
    for (const [index, [words, expected]] of calls.entries()) {
      const got = JSON.stringify(call(words));
      if (got !== JSON.stringify(expected)) {
        wrong.push(`${name}, call ${index}: ${got} instead of ${JSON.stringify(expected)}`);
        break;
      }
    }
  }
  return wrong;
};
