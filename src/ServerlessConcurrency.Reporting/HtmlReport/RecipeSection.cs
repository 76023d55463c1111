using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Recipes;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>From the answer to code: what a Functions app does to work as the recommended models did.</summary>
internal static class RecipeSection
{
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        IReadOnlyList<Recipe> recipes = Recipe.Of(document);
        if (recipes.Count == 0)
            return;
        html.WriteLine(
            $"""
            <section class="card recipes">
            <h2 id="code">From answer to code</h2>
            <p><code>Item</code>, <code>Result</code> and <code>Work</code> are yours; the rest is what was measured.</p>
            """);
        foreach (Recipe recipe in recipes)
        {
            html.WriteLine(
                $"""
                <h3><code>{recipe.Model}</code></h3>
                <pre tabindex="0"><code>{recipe.Code}</code></pre>
                <p>host.json:</p>
                <pre tabindex="0"><code>{recipe.HostJson}</code></pre>
                <p>{recipe.Note}</p>
                """);
        }

        html.WriteLine($"</section>");
    }
}
