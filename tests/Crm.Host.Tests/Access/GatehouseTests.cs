using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Access;

public sealed class GatehouseTests : IDisposable
{
    private const string Good = "correct horse battery";
    private readonly string folder = Directory.CreateTempSubdirectory("crm-access-").FullName;
    private readonly SetClock clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>SEC-01: nothing to sign in with before somebody made it.</summary>
    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("administrator", "")]
    [InlineData("technician", "technician")]
    public void A_fresh_installation_has_no_default_password(string name, string password)
    {
        var (session, why) = Open().SignIn(new SignIn { Name = name, Password = password });

        Assert.Null(session);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void A_link_works_once()
    {
        var gatehouse = Open();
        string link = gatehouse.NewLink("anna", Roles.Technician);

        Assert.Equal("anna", gatehouse.SignIn(new SignIn { Link = link }).Session?.Person.Name);
        Assert.Null(gatehouse.SignIn(new SignIn { Link = link }).Session);
    }

    [Fact]
    public void A_link_grows_too_old()
    {
        var gatehouse = Open();
        string link = gatehouse.NewLink("anna", Roles.Technician);
        clock.Now += TimeSpan.FromHours(9);

        Assert.Null(gatehouse.SignIn(new SignIn { Link = link }).Session);
    }

    /// <summary>A controller that was killed and came back knows who was signed in.</summary>
    [Fact]
    public void Sessions_survive_a_restart_and_end_when_signed_out()
    {
        string token = Open().Then(g => g.SignIn(new SignIn { Link = g.NewLink("anna", Roles.Technician) }).Session!.Token);
        var again = Open();

        Assert.Equal("anna", again.Find(token)?.Name);
        again.SignOut(token);
        Assert.Null(again.Find(token));
        Assert.Null(Open().Find(token));
    }

    /// <summary>SEC-04, SEC-05: the hash is PBKDF2 with at least 600 000 iterations; wrong passwords make the account wait, longer each time.</summary>
    [Fact]
    public void Wrong_passwords_lock_the_account_for_a_while()
    {
        var gatehouse = Open();
        Assert.Null(gatehouse.Add(new NewAccount("ben", Good, [Roles.Operator])));
        for (int i = 0; i < 5; i++) Assert.Equal("name or password is wrong", gatehouse.SignIn(new SignIn { Name = "ben", Password = "not the one at all" }).Why);

        Assert.StartsWith("too many wrong passwords", gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Why, StringComparison.Ordinal);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.NotNull(gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Session);
    }

    [Fact]
    public void A_password_is_stored_as_a_slow_salted_hash()
    {
        string hash = PasswordHash.Of(Good);

        Assert.StartsWith("pbkdf2-sha256$600000$", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, PasswordHash.Of(Good));
        Assert.True(PasswordHash.Matches(Good, hash));
        Assert.False(PasswordHash.Matches(Good + "x", hash));
    }

    /// <summary>SEC-03.</summary>
    [Theory]
    [InlineData("short", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("twelve chars", true)]
    public void Passwords_are_judged_by_length_not_composition(string password, bool good) => Assert.Equal(good, PasswordHash.Problem(password) is null);

    [Fact]
    public void The_file_gives_no_session_away_and_only_its_owner_reads_it()
    {
        string token = Open().Then(g => g.SignIn(new SignIn { Link = g.NewLink("anna", Roles.Technician) }).Session!.Token);
        string path = Path.Combine(folder, "accounts.json");

        Assert.DoesNotContain(token, File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_broken_file_is_kept_and_said_so()
    {
        string path = Path.Combine(folder, "accounts.json");
        File.WriteAllText(path, "{\"format\":1,");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Equal("{\"format\":1,", File.ReadAllText(path));
    }

    /// <summary>SEC-06: HOLD, STOP and ABORT are everybody's; manual is not an operator's; accounts are the administrator's alone.</summary>
    [Fact]
    public void Roles_grant_what_they_should()
    {
        foreach (string role in Roles.All)
        {
            Assert.True(Roles.May([role], Permission.TowardsSafe), role);
            Assert.Equal(role == Roles.Administrator, Roles.May([role], Permission.ManageAccounts));
            Assert.Equal(role is Roles.Technician or Roles.Engineer or Roles.Maintenance, Roles.May([role], Permission.Manual));
            Assert.Equal(role is Roles.Technician or Roles.Engineer or Roles.Operator, Roles.May([role], Permission.Operate));
        }

        Assert.False(Roles.May([], Permission.View));
        Assert.False(Roles.May(["root"], Permission.View));
    }

    private Gatehouse Open() => new(new AccessFile(Path.Combine(folder, "accounts.json")), clock);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

file static class Chaining
{
    public static TResult Then<T, TResult>(this T value, Func<T, TResult> next) => next(value);
}
