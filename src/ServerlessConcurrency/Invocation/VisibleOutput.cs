using ServerlessConcurrency.Core.Wording;
using Spectre.Console.Rendering;

namespace ServerlessConcurrency.Invocation;

/// <summary>Shows what is written to a console as text only: names, errors and messages of documents and servers cannot command the terminal.</summary>
internal sealed class VisibleOutput : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new Visible(renderable));

    private static Segment Show(Segment segment) => segment.IsControlCode || segment.IsLineBreak || VisibleText.IsVisible(segment.Text)
        ? segment
        : new Segment(VisibleText.Of(segment.Text), segment.Style);

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(Show);
    }
}
