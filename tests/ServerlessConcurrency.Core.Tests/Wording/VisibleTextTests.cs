using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Tests.Wording;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, Größe, 日本語", "plain, Größe, 日本語")]
    [InlineData("👩\u200D💻", "👩\u200D💻")]
    [InlineData("\u001B[31mred\u0007", "␛[31mred␇")]
    [InlineData("a\u009B2Jb\u007F", "a\uFFFD2Jb\uFFFD")]
    [InlineData("a\u202Eb\u200Bc", "a\uFFFDb\uFFFDc")]
    public void Whatever_is_not_seen_is_made_visible(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Theory]
    [InlineData("a\u202E", "U+202E (RIGHT-TO-LEFT OVERRIDE)")]
    [InlineData("\u0007", "U+0007")]
    [InlineData("a\U000E0041", "U+E0041")]
    [InlineData("plain", null)]
    public void The_first_that_is_not_seen_is_called_by_its_name(string text, string? name) => Assert.Equal(name, VisibleText.FirstHidden(text));
}
