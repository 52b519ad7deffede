(async () => {
  const unpack = (id) => {
    const packed = document.getElementById(id).textContent;
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  const add = async (name, id) => {
    const element = document.createElement(name);
    element.textContent = await unpack(id);
    document.head.append(element);
  };
  await add("style", "style");
  await add("script", "code");
})();
