using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Access;

public sealed class GatehouseTests : IDisposable
{
    private const string Good = "correct horse battery";
    private readonly string folder = Directory.CreateTempSubdirectory("crm-access-").FullName;
    private readonly JumpingClock clock = new();

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
        clock.Pass(TimeSpan.FromHours(9));

        Assert.Null(gatehouse.SignIn(new SignIn { Link = link }).Session);
    }

    /// <summary>SEC-01: until somebody has made an administrator with a password, every start gives a way in; a link that nobody used leaves nothing.</summary>
    [Fact]
    public void The_way_in_stays_until_there_is_an_administrator_with_a_password()
    {
        Open().NewLink("first administrator", Roles.Administrator);
        Assert.False(Open().HasAccounts);
        Open().Then(g => g.SignIn(new SignIn { Link = g.NewLink("first administrator", Roles.Administrator) }));
        Assert.True(Open().HasAccounts);
        Assert.False(Open().HasAdministrator);
        Open().Add(new NewAccount("ben", Good, [Roles.Operator]));
        Assert.False(Open().HasAdministrator);
        Open().Add(new NewAccount("cor", Good, [Roles.Operator, Roles.Administrator]));
        Assert.True(Open().HasAdministrator);
    }

    [Fact]
    public void A_password_is_changed_by_the_present_one_and_other_sessions_of_the_account_end()
    {
        var gatehouse = Open();
        gatehouse.Add(new NewAccount("ben", Good, [Roles.Operator]));
        string here = Enter(gatehouse, "ben", Good)!, there = Enter(gatehouse, "ben", Good)!;
        Assert.Equal("the password is wrong", gatehouse.ChangePassword("ben", new NewPassword("another battery staple", "not the one at all"), here));
        Assert.Contains("12 characters", gatehouse.ChangePassword("ben", new NewPassword("short", Good), here), StringComparison.Ordinal);
        Assert.Null(gatehouse.ChangePassword("ben", new NewPassword("another battery staple", Good), here));
        Assert.Equal("ben", gatehouse.Find(here)?.Name);
        Assert.Null(gatehouse.Find(there));
        Assert.Null(Enter(Open(), "ben", Good));
        Assert.NotNull(Enter(Open(), "ben", "another battery staple"));
    }

    /// <summary>Who came by link has no password to be asked for.</summary>
    [Fact]
    public void The_first_administrator_gives_themselves_a_password()
    {
        var gatehouse = Open();
        string token = gatehouse.SignIn(new SignIn { Link = gatehouse.NewLink("first administrator", Roles.Administrator) }).Session!.Token;
        Assert.Null(gatehouse.ChangePassword("first administrator", new NewPassword(Good), token));
        Assert.True(Open().HasAdministrator);
        Assert.NotNull(Enter(Open(), "first administrator", Good));
    }

    /// <summary>SEC-19: nobody signs in to a closed account, and nobody else gets its name; another password opens it again.</summary>
    [Fact]
    public void A_closed_account_is_over_at_once_and_its_name_stays()
    {
        var gatehouse = Open();
        gatehouse.Add(new NewAccount("ben", Good, [Roles.Operator]));
        string token = Enter(gatehouse, "ben", Good)!, link = gatehouse.NewLink("ben", Roles.Operator);
        Assert.Null(gatehouse.Close("ben"));
        Assert.Null(gatehouse.Find(token));
        Assert.Null(gatehouse.SignIn(new SignIn { Link = link }).Session);
        Assert.Null(Enter(Open(), "ben", Good));
        Assert.Contains("names are not used twice", Open().Add(new NewAccount("ben", Good, [Roles.Operator])), StringComparison.Ordinal);
        Assert.Equal((false, true, 0), Open().People.Select(p => (p.HasPassword, p.Closed, p.Sessions)).Single());
        Assert.Null(gatehouse.ResetPassword("ben", "another battery staple"));
        Assert.NotNull(Enter(Open(), "ben", "another battery staple"));
        Assert.Equal("there is no account eve", gatehouse.Close("eve"));
    }

    [Fact]
    public void Roles_change_at_once_and_the_last_administrator_stays_one()
    {
        var gatehouse = Open();
        gatehouse.Add(new NewAccount("ann", Good, [Roles.Administrator]));
        gatehouse.Add(new NewAccount("ben", Good, [Roles.Operator]));
        string token = Enter(gatehouse, "ben", Good)!;
        Assert.Null(gatehouse.ChangeRoles("ben", [Roles.Technician]));
        Assert.Equal([Roles.Technician], gatehouse.Find(token)!.Roles);
        Assert.Contains("roles are one or more of", gatehouse.ChangeRoles("ben", ["root"]), StringComparison.Ordinal);
        Assert.Contains("last administrator", gatehouse.ChangeRoles("ann", [Roles.Operator]), StringComparison.Ordinal);
        Assert.Contains("last administrator", gatehouse.Close("ann"), StringComparison.Ordinal);
        Assert.Null(gatehouse.ChangeRoles("ben", [Roles.Administrator]));
        Assert.Null(gatehouse.Close("ann"));
    }

    private static string? Enter(Gatehouse gatehouse, string name, string password) => gatehouse.SignIn(new SignIn { Name = name, Password = password }).Session?.Token;

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
        clock.Pass(TimeSpan.FromMinutes(1));
        Assert.NotNull(gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Session);
    }

    /// <summary>Issue 6, bad days: a machine whose clock is set forward or back by hours or days keeps its people signed in for as long as they would have been, and a lock-out as long as it was.</summary>
    [Theory]
    [InlineData(30 * 24)]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(-400 * 24)]
    public void A_jump_of_the_wall_clock_moves_neither_sessions_nor_lock_outs_nor_links(double hours)
    {
        var gatehouse = Open();
        Assert.Null(gatehouse.Add(new NewAccount("ben", Good, [Roles.Operator])));
        string token = gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Session!.Token, link = gatehouse.NewLink("anna", Roles.Technician);
        for (int i = 0; i < 5; i++) gatehouse.SignIn(new SignIn { Name = "ben", Password = "not the one at all" });

        clock.Jump(TimeSpan.FromHours(hours));
        Assert.Equal("ben", gatehouse.Find(token)?.Name);
        Assert.StartsWith("too many wrong passwords: wait until " + clock.GetUtcNow().AddSeconds(15).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Why, StringComparison.Ordinal);
        clock.Pass(TimeSpan.FromMinutes(1));
        Assert.NotNull(gatehouse.SignIn(new SignIn { Name = "ben", Password = Good }).Session);
        Assert.NotNull(gatehouse.SignIn(new SignIn { Link = link }).Session);
        Assert.Equal("ben", Open().Find(token)?.Name);
        clock.Pass(TimeSpan.FromDays(7));
        Assert.Null(gatehouse.Find(token));
        Assert.Null(Open().Find(token));
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
}

file static class Chaining
{
    public static TResult Then<T, TResult>(this T value, Func<T, TResult> next) => next(value);
}
